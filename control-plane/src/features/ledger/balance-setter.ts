/** Balances that come with a user: the opening one, and one that is set in the same form. Both are movements like any other. */
import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { LogRange } from '../log/insert-logs.ts';
import type { User } from '../user/user.entity.ts';
import { walletOf } from './account-name.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';
import { QuotaAdjustMode } from './ledger.inputs.ts';
import type { LedgerService } from './ledger.service.ts';
import { LedgerRefusal } from './movement.ts';
import type { QuotaAdjustService } from './quota-adjust.service.ts';

/** `post` runs last in the transaction that changes the user, `announce` after its commit. */
export interface BalanceSetting { post: (em: EntityManager) => Promise<void>; announce: () => void }

export class BalanceSetter {
  constructor(private readonly ledger: LedgerService, private readonly adjustments: QuotaAdjustService) {}

  /** @param amount nothing moves when it is 0 */
  async open(em: EntityManager, userId: number, amount: bigint, actorId: number): Promise<void> {
    if (amount === 0n) return;
    const moved = await this.ledger.credit(em, {
      account: walletOf(userId), counter: 'system:adjustment', kind: LedgerKind.GRANT, amount, reference: `opening:user:${userId}`, reason: 'Opening balance', actorId,
    });
    if (moved instanceof LedgerRefusal) throw new Error(`The opening balance was refused: ${moved.code}`);
  }

  /** Posts the difference to `quota`, whose range the caller has checked. To ask twice for the same balance moves nothing twice, so it needs no key. */
  setting(ctx: RequestContext, user: User, quota: bigint): BalanceSetting {
    let logs: LogRange | undefined;
    const reference = `userUpdate:${callerOf(ctx).userId}:${randomUUID()}`;
    return {
      post: async (em) => {
        const applied = await this.adjustments.apply(em, ctx, user, { mode: QuotaAdjustMode.OVERRIDE, quota, reason: 'Set with the user' }, { reference });
        if (applied instanceof LedgerRefusal) throw new Error(`A balance within its range was refused: ${applied.code}`);
        ({ logs } = applied);
      },
      announce: () => { if (logs) this.adjustments.tell(logs); },
    };
  }
}
