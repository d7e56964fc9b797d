/** How an order ends: once, for ever, with its credit in the same transaction (LED-17, PAY-03, PAY-05). */
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { walletOf } from '../../ledger/account-name.ts';
import { LedgerKind } from '../../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../../ledger/ledger.service.ts';
import { LedgerRefusal } from '../../ledger/movement.ts';
import { insertLogRows, type LogRange } from '../../log/insert-logs.ts';
import { logTypes } from '../../log/log-row.ts';
import { OrderStatus, TopUp, type PaymentProvider } from './top-up.entity.ts';

/** Why a payment credits nothing. All but `not_found` leave the order as it was. */
export type CreditRefusal = 'not_found' | 'mismatch' | 'state' | 'overflow';

export interface Payment {
  tradeNo: string;
  /** Undefined when an administrator completes it, whoever was to be paid. */
  provider?: PaymentProvider;
  gatewayTradeNo?: string;
  /** Whether what was paid is what was due. */
  fits?: (order: TopUp) => boolean;
  /** Who completes it by hand, and why. */
  actor?: { id: number; reason: string; idempotencyKey: string };
  /** Runs in the same transaction, when the order is credited now. */
  also?: (em: EntityManager, order: TopUp) => Promise<void>;
}

/** A refund, or a dispute that took the money: how much of what was paid is gone by now, in the smallest unit of the currency. */
export interface Reversal { provider: PaymentProvider; gatewayTradeNo: string; refunded: bigint; paid: bigint }

export interface Credited { order: TopUp; replayed: boolean }

export class OrderBooks {
  /** @param tell says after the commit which log rows are new */
  constructor(private readonly orm: MikroORM, private readonly ledger: LedgerService, private readonly clock: Clock, private readonly tell: (logs: LogRange) => void) {}

  /** Credits a pending order. One that is credited already answers as the first time; parallel notices wait for each other. */
  async credit(payment: Payment): Promise<Credited | CreditRefusal> {
    try {
      return await this.creditOnce(payment);
    } catch (fault) {
      // The gateway's number of the payment, or the key of a hand, belongs to another order.
      if (fault instanceof UniqueConstraintViolationException) return 'mismatch';
      throw fault;
    }
  }

  private async creditOnce(payment: Payment): Promise<Credited | CreditRefusal> {
    let logs: LogRange | undefined;
    const result = await this.orm.em.fork().transactional<Credited | CreditRefusal>(async (em) => {
      const order = await lockOrder(em, payment.tradeNo);
      if (!order) return 'not_found';
      if (payment.provider !== undefined && (order.provider !== payment.provider || !(payment.fits?.(order) ?? true))) return 'mismatch';
      if (order.status === OrderStatus.SUCCESS) return isSamePayment(order, payment) ? { order, replayed: true } : 'state';
      if (order.status !== OrderStatus.PENDING) return 'state';
      const posted = await this.post(em, order, payment);
      if (posted === 'overflow') return posted;
      logs = posted;
      return { order, replayed: false };
    });
    if (logs) this.tell(logs);
    return result;
  }

  /**
   * Takes back what was refunded so far, once for each step of it. The balance may fall below zero: that stops requests.
   * A payment that credited nothing has nothing to give back.
   */
  async reverse({ provider, gatewayTradeNo, refunded, paid }: Reversal): Promise<void> {
    let logs: LogRange | undefined;
    await this.orm.em.fork().transactional(async (em) => {
      const found = await em.findOne(TopUp, { provider, gatewayTradeNo, status: OrderStatus.SUCCESS });
      const order = found && (await lockOrder(em, found.tradeNo));
      if (!order || paid <= 0n) return;
      const target = refunded >= paid ? order.quota : (order.quota * refunded) / paid, amount = target - order.reversedQuota;
      if (amount <= 0n) return;
      const now = this.clock.now(), { userId, tradeNo } = order;
      const moved = await this.ledger.debit(em, {
        account: walletOf(userId), counter: 'system:clearing', kind: LedgerKind.REFUND, amount, reference: `topup-refund:${tradeNo}:${target}`, reason: `Refund of order ${tradeNo}`,
      });
      if (moved instanceof LedgerRefusal) throw new Error(`A refund was refused: ${moved.code}`);
      order.reversedQuota = target;
      await em.flush();
      logs = await insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.REFUND, userId, content: `Took back ${amount} after a refund of order ${tradeNo}` }], now);
    });
    if (logs) this.tell(logs);
  }

  /** Ends a pending order without credit; anything else stays as it is. */
  async end(tradeNo: string, provider: PaymentProvider, status: OrderStatus.FAILED | OrderStatus.EXPIRED): Promise<void> {
    await this.orm.em.fork().nativeUpdate(TopUp, { tradeNo, provider, status: OrderStatus.PENDING }, { status });
  }

  private async post(em: EntityManager, order: TopUp, { gatewayTradeNo, actor, also }: Payment): Promise<LogRange | undefined | 'overflow'> {
    const now = this.clock.now(), { userId, tradeNo, quota } = order, sql = sqlOf(em);
    const moved = await this.ledger.credit(em, {
      account: walletOf(userId), counter: 'system:clearing', kind: LedgerKind.TOP_UP, amount: quota, reference: `topup:${tradeNo}`, reason: actor?.reason ?? `Order ${tradeNo}`, actorId: actor?.id, idempotencyKey: actor?.idempotencyKey,
    });
    if (moved instanceof LedgerRefusal) return 'overflow';
    Object.assign(order, { status: OrderStatus.SUCCESS, completedAt: now, completedById: actor?.id ?? null, completionKey: actor?.idempotencyKey ?? null, gatewayTradeNo: gatewayTradeNo ?? order.gatewayTradeNo });
    await em.flush();
    await also?.(em, order);
    const content = actor ? `Order ${tradeNo} completed by administrator ${actor.id} for ${quota}` : `Topped up ${quota} by order ${tradeNo} (${order.provider.toLowerCase()})`;
    return insertLogRows(sql, [{ at: now.getTime(), type: logTypes.TOPUP, userId, content }], now);
  }
}

/** The row of the user first, as everywhere where money moves. */
async function lockOrder(em: EntityManager, tradeNo: string): Promise<TopUp | null> {
  const sql = sqlOf(em);
  await sql('select from user_account where id = (select user_id from top_up where trade_no = $1) for no key update', [tradeNo]);
  await sql('select from top_up where trade_no = $1 for update', [tradeNo]);
  return em.findOne(TopUp, { tradeNo }, { refresh: true });
}

/** A second payment for an order that was paid is no repeat: a person must look at it. */
const isSamePayment = (order: TopUp, { gatewayTradeNo }: Payment): boolean =>
  gatewayTradeNo === undefined || order.gatewayTradeNo == null || order.gatewayTradeNo === gatewayTradeNo;
