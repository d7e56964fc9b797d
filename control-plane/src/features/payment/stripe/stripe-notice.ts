/** `POST /api/stripe/webhook`. Stripe sends a notice again until it reads 200, so everything that may pass later is a 5xx. */
import type { Logger } from 'pino';
import Stripe from 'stripe';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../../../kernel/running/clock.ts';
import type { HttpAnswer, HttpMessage } from '../../../kernel/http/http-message.ts';
import type { RawRoute } from '../../../kernel/http/raw-route.ts';
import { User } from '../../user/user.entity.ts';
import { largestNotice } from '../order/gateway.ts';
import type { OrderBooks, Reversal } from '../order/order-books.ts';
import { OrderStatus, PaymentProvider, type TopUp } from '../order/top-up.entity.ts';
import type { StripeGateway } from './stripe-gateway.ts';

export interface StripeNoticeParts { gateway: StripeGateway; books: OrderBooks; clock: Clock; log: Logger }

const toleranceSeconds = 300;
const empty = (status: number): HttpAnswer => ({ status, headers: [], body: '' });
/** Only its checks of signatures are used: they need no key. */
const { webhooks } = new Stripe('unused');

export const stripeNotice = (parts: StripeNoticeParts): RawRoute =>
  ({ method: 'POST', path: '/api/stripe/webhook', rate: 'NORMAL', handle: (message) => receive(parts, message) });

async function receive({ gateway, books, clock, log }: StripeNoticeParts, message: HttpMessage): Promise<HttpAnswer> {
  if (message.body.length > largestNotice) return empty(413);
  const secrets = await gateway.webhookSecrets();
  if (secrets.length === 0) return empty(403);
  const event = verified(message, secrets, clock.now().getTime());
  if (!event) return empty(400);
  if (event.type === 'checkout.session.expired') await books.end(event.data.object.client_reference_id ?? '', PaymentProvider.STRIPE, OrderStatus.EXPIRED);
  if (event.type === 'checkout.session.async_payment_failed') await books.end(event.data.object.client_reference_id ?? '', PaymentProvider.STRIPE, OrderStatus.FAILED);
  const reversal = reversalOf(event);
  if (reversal) await books.reverse(reversal);
  if (event.type !== 'checkout.session.completed' && event.type !== 'checkout.session.async_payment_succeeded') return empty(200);
  const session = event.data.object;
  // Completed is not yet paid: a bank transfer is paid later, in an event of its own.
  if (session.status !== 'complete' || (session.payment_status !== undefined && session.payment_status !== 'paid')) return empty(200);
  const credited = await books.credit({
    tradeNo: session.client_reference_id ?? '', provider: PaymentProvider.STRIPE, gatewayTradeNo: idOf(session.payment_intent) ?? session.id, fits: (order) => fits(order, session),
    also: (em, order) => remember(em, order.userId, idOf(session.customer)),
  });
  // A full wallet may have room tomorrow. Everything else would be the same at every repeat.
  if (typeof credited === 'string') log.warn({ alert: 'payment_not_credited', provider: 'stripe', tradeNo: session.client_reference_id, event: event.id, reason: credited }, 'payment: a signed notice credited nothing');
  return empty(credited === 'overflow' ? 503 : 200);
}

/** Undefined unless one of the secrets signed these bytes lately. */
function verified({ body, headers }: HttpMessage, secrets: readonly string[], nowMs: number): Stripe.Event | undefined {
  for (const secret of secrets) {
    try {
      return webhooks.constructEvent(body, headers.get('stripe-signature') ?? '', secret, toleranceSeconds, undefined, nowMs);
    } catch { /* the library says "not signed with this one" by throwing */ }
  }
  return undefined;
}

/** What was due before promotion codes. An order whose checkout told no sum is held to the currency alone. */
function fits({ dueMinor, currency }: TopUp, session: Stripe.Checkout.Session): boolean {
  const charged = session.amount_subtotal ?? session.amount_total;
  return (dueMinor == null || (charged != null && BigInt(charged) === dueMinor)) && (currency === '' || session.currency?.toUpperCase() === currency);
}

/** Refunds are told as their sum so far; a dispute takes what it is about at once. */
function reversalOf(event: Stripe.Event): Reversal | undefined {
  if (event.type !== 'charge.refunded' && event.type !== 'charge.dispute.funds_withdrawn') return undefined;
  const { object } = event.data, gatewayTradeNo = idOf(object.payment_intent);
  if (gatewayTradeNo === undefined) return undefined;
  const refunded = object.object === 'charge' ? object.amount_refunded : object.amount;
  return { provider: PaymentProvider.STRIPE, gatewayTradeNo, refunded: BigInt(refunded), paid: BigInt(object.amount) };
}

const idOf = (given: string | { id: string } | null | undefined): string | undefined => (typeof given === 'string' ? given : given?.id);

async function remember(em: EntityManager, userId: number, customer: string | undefined): Promise<void> {
  if (customer && customer.length <= 64) await em.nativeUpdate(User, { id: userId }, { stripeCustomer: customer });
}
