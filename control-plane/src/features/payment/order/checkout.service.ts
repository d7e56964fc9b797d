/** Orders from the price to the gateway's page. */
import { createHash } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { sqlOf } from '../../../database/sql.ts';
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import { refuseKey } from '../../../kernel/idempotency-key.ts';
import { say } from '../../../kernel/words/messages.ts';
import { refusal } from '../../../kernel/words/refusal.ts';
import { UserErrorCode, ValidationError, type UserError } from '../../../kernel/words/user-error.ts';
import { User } from '../../user/user.entity.ts';
import { OrderRefusal, type Gateway, type OrderRequest, type Priced } from './gateway.ts';
import { readPaymentSettings, type PaymentSettings } from './payment-settings.ts';
import { OrderStatus, TopUp, type PaymentProvider, type StoredCheckout } from './top-up.entity.ts';
import type { TopUpCreateInput, TopUpQuoteInput } from './top-up.inputs.ts';
import type { CheckoutPayload, TopUpQuotePayload } from './top-up.payloads.ts';

interface Wish { settings: PaymentSettings; user: User; request: OrderRequest; gateway: Gateway; priced: Priced }

const codes: Partial<Record<OrderRefusal['message'], UserErrorCode>> = {
  topup_minimum: UserErrorCode.OUT_OF_RANGE, topup_maximum: UserErrorCode.OUT_OF_RANGE, topup_too_low: UserErrorCode.OUT_OF_RANGE, payment_refused: UserErrorCode.UPSTREAM_FAILED,
  payment_unconfigured: UserErrorCode.UNSUPPORTED, payment_method_unknown: UserErrorCode.UNSUPPORTED, payment_product_unknown: UserErrorCode.NOT_FOUND,
};

export class CheckoutService {
  constructor(private readonly gateways: readonly Gateway[], private readonly publicUrl: string) {}

  async quote(ctx: RequestContext, input: TopUpQuoteInput): Promise<TopUpQuotePayload> {
    const wish = await this.wish(ctx, input);
    if (wish instanceof OrderRefusal) return { price: null, quota: null, userErrors: [told(ctx, wish)] };
    return { price: wish.priced.price.toFixed(2), quota: wish.priced.quota, userErrors: [] };
  }

  /** The same key with the same input opens the first checkout again. */
  async create(ctx: RequestContext, input: TopUpCreateInput, key: string): Promise<CheckoutPayload> {
    const refusedKey = refuseKey(ctx, key);
    if (refusedKey) return refused(refusedKey);
    const inputHash = createHash('sha256').update(JSON.stringify([input.provider, String(input.amount), input.method ?? '', input.productId ?? ''])).digest('hex');
    const earlier = await ctx.em.findOne(TopUp, { userId: callerOf(ctx).userId, idempotencyKey: key });
    if (earlier) return again(ctx, earlier, inputHash);
    const wish = await this.wish(ctx, input);
    if (wish instanceof OrderRefusal) return refused(told(ctx, wish));
    if (!(await wish.gateway.isReady(wish.settings))) return refused(refusal(ctx, UserErrorCode.UNSUPPORTED, 'payment_unconfigured', ['input', 'provider']));
    const order = await this.note(ctx, wish, { idempotencyKey: key, inputHash });
    return order ? this.open(ctx, wish, order) : again(ctx, await ctx.em.fork().findOneOrFail(TopUp, { userId: callerOf(ctx).userId, idempotencyKey: key }), inputHash);
  }

  private async wish(ctx: RequestContext, input: TopUpCreateInput): Promise<Wish | OrderRefusal> {
    const gateway = this.gatewayOf(input.provider), settings = await readPaymentSettings(sqlOf(ctx.em), this.publicUrl), user = await ctx.em.findOneOrFail(User, callerOf(ctx).userId);
    const request = { amount: input.amount ?? 0n, method: input.method ?? '', productId: input.productId ?? '' }, priced = gateway.price(settings, user, request);
    return priced instanceof OrderRefusal ? priced : { settings, user, request, gateway, priced };
  }

  /** The order stands in the table before any gateway hears of it. Undefined when the key was taken in this moment. */
  private async note(ctx: RequestContext, { user, gateway, priced }: Wish, name: { idempotencyKey: string; inputHash: string }): Promise<TopUp | undefined> {
    const now = ctx.clock.now(), { amount, money, quota, currency, method, dueMinor } = priced, em = ctx.em.fork();
    const order = em.create(TopUp, {
      ...name, userId: user.id, tradeNo: gateway.newTradeNo(user, now), provider: gateway.provider, amount, money: money.toString(), quota, currency, method, dueMinor, createdAt: now,
    });
    try {
      await em.persist(order).flush();
      return order;
    } catch (fault) {
      if (fault instanceof UniqueConstraintViolationException) return undefined;
      throw fault;
    }
  }

  private async open(ctx: RequestContext, { gateway, settings, user, request }: Wish, order: TopUp): Promise<CheckoutPayload> {
    const opened = await gateway.open(settings, user, order, request), em = ctx.em.fork();
    if (opened instanceof OrderRefusal) {
      await em.nativeUpdate(TopUp, { id: order.id, status: OrderStatus.PENDING }, { status: OrderStatus.FAILED });
      return refused(told(ctx, opened));
    }
    const { checkout, ...found } = opened;
    await em.nativeUpdate(TopUp, { id: order.id }, { checkout, ...found });
    return shown(await em.findOneOrFail(TopUp, order.id), checkout);
  }

  private gatewayOf(provider: PaymentProvider): Gateway {
    return this.gateways.find((one) => one.provider === provider)!;
  }
}

const refused = (error: UserError): CheckoutPayload => ({ topUp: null, checkout: null, userErrors: [error] });

const shown = (topUp: TopUp, { url, fields }: StoredCheckout): CheckoutPayload =>
  ({ topUp, checkout: { url, fields: fields && Object.entries(fields).map(([name, value]) => ({ name, value })) }, userErrors: [] });

const told = (ctx: RequestContext, { message, input, bounds }: OrderRefusal): UserError =>
  Object.assign(new ValidationError(codes[message] ?? UserErrorCode.INVALID, message, say(message, ctx.language), input && ['input', input]), bounds);

function again(ctx: RequestContext, order: TopUp, inputHash: string): CheckoutPayload {
  if (order.inputHash !== inputHash) return refused(refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REUSED, 'idempotency_key_reused', ['idempotencyKey']));
  if (order.status === OrderStatus.FAILED) return refused(refusal(ctx, UserErrorCode.UPSTREAM_FAILED, 'payment_refused'));
  return order.checkout ? shown(order, order.checkout) : refused(refusal(ctx, UserErrorCode.CONFLICT, 'order_in_progress', ['idempotencyKey']));
}
