/** `POST /api/creem/webhook`. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { HttpAnswer, HttpMessage } from '../../../kernel/http/http-message.ts';
import type { RawRoute } from '../../../kernel/http/raw-route.ts';
import { largestNotice } from '../order/gateway.ts';
import type { OrderBooks } from '../order/order-books.ts';
import { PaymentProvider, type TopUp } from '../order/top-up.entity.ts';
import type { CreemGateway } from './creem-gateway.ts';

export interface CreemNoticeParts { gateway: CreemGateway; books: OrderBooks; log: Logger }

const notice = z.object({
  eventType: z.string(),
  object: z.object({
    request_id: z.string().min(1).max(64),
    order: z.object({ id: z.string().max(200).optional(), status: z.string(), type: z.string(), amount: z.number().int().optional(), currency: z.string().optional() }),
  }),
});
/** A refund names the order that it belongs to, and what it gives back of it. */
const refund = z.object({
  eventType: z.literal('refund.created'),
  object: z.object({ refund_amount: z.number().int().positive(), order: z.object({ id: z.string().max(200), amount: z.number().int().positive() }) }),
});
type Order = z.output<typeof notice>['object']['order'];

const empty = (status: number): HttpAnswer => ({ status, headers: [], body: '' });

export const creemNotice = (parts: CreemNoticeParts): RawRoute =>
  ({ method: 'POST', path: '/api/creem/webhook', rate: 'NORMAL', handle: (message) => receive(parts, message) });

async function receive({ gateway, books, log }: CreemNoticeParts, { body, headers }: HttpMessage): Promise<HttpAnswer> {
  if (body.length > largestNotice) return empty(413);
  if (!isSigned(body, headers.get('creem-signature') ?? '', await gateway.webhookSecrets())) return empty(401);
  const read = parse(body);
  if (read === undefined) return empty(400);
  const back = refund.safeParse(read).data?.object;
  if (back) await books.reverse({ provider: PaymentProvider.CREEM, gatewayTradeNo: back.order.id, refunded: BigInt(back.refund_amount), paid: BigInt(back.order.amount) });
  const told = z.object({ eventType: z.string() }).safeParse(read);
  if (told.success && told.data.eventType !== 'checkout.completed') return empty(200);
  const { data } = notice.safeParse(read);
  if (!data) return empty(400);
  const { request_id: tradeNo, order: paid } = data.object;
  if (paid.status !== 'paid' || paid.type !== 'onetime') return empty(200);
  const credited = await books.credit({ tradeNo, provider: PaymentProvider.CREEM, gatewayTradeNo: paid.id, fits: (order) => fits(order, paid) });
  if (typeof credited !== 'string') return empty(200);
  log.warn({ alert: 'payment_not_credited', provider: 'creem', tradeNo, reason: credited }, 'payment: a signed notice credited nothing');
  if (credited === 'not_found') return empty(400);
  return empty(credited === 'overflow' ? 503 : 200);
}

function isSigned(body: Buffer, given: string, secrets: readonly string[]): boolean {
  const claimed = Buffer.from(given.toLowerCase());
  return secrets.map((secret) => Buffer.from(createHmac('sha256', secret).update(body).digest('hex'))).filter((right) => right.length === claimed.length && timingSafeEqual(right, claimed)).length > 0;
}

/** What the notice says of the sum must be what the product costs; taxes come on top. */
const fits = ({ dueMinor, currency }: TopUp, { amount, currency: paidIn }: Order): boolean =>
  (amount === undefined || dueMinor == null || BigInt(amount) >= dueMinor) && (paidIn === undefined || paidIn.toUpperCase() === currency);

function parse(body: Buffer): unknown {
  try { return JSON.parse(body.toString()); } catch { return undefined; }
}
