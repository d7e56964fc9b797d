/** `GET|POST /api/user/epay/notify`: an epay gateway says that an order was paid. It asks again until it reads `success`. */
import type { Logger } from 'pino';
import type { RequestContext } from '../../../kernel/context.ts';
import type { HttpAnswer, HttpMessage } from '../../../kernel/http/http-message.ts';
import type { RawRoute } from '../../../kernel/http/raw-route.ts';
import { sqlOf } from '../../../database/sql.ts';
import type { Egress } from '../../egress/egress.ts';
import { largestNotice } from '../order/gateway.ts';
import type { OrderBooks } from '../order/order-books.ts';
import { readPaymentSettings } from '../order/payment-settings.ts';
import { PaymentProvider, type TopUp } from '../order/top-up.entity.ts';
import type { EpayGateway } from './epay-gateway.ts';
import { paidAtGateway } from './epay-query.ts';
import { isEpaySigned } from './epay-sign.ts';

export interface EpayNoticeParts { gateway: EpayGateway; books: OrderBooks; egress: Egress; publicUrl: string; log: Logger }

const say = (text: 'success' | 'fail'): HttpAnswer => ({ status: 200, headers: [['content-type', 'text/plain; charset=utf-8']], body: text });

export function epayNotices(parts: EpayNoticeParts): RawRoute[] {
  const handle = (message: HttpMessage, context: RequestContext) => receive(parts, message, context);
  return (['GET', 'POST'] as const).map((method) => ({ method, path: '/api/user/epay/notify', rate: 'NORMAL', handle }));
}

async function receive({ gateway, books, egress, publicUrl, log }: EpayNoticeParts, message: HttpMessage, { em }: RequestContext): Promise<HttpAnswer> {
  const text = message.method === 'POST' && message.body.length > 0 ? message.body.toString() : message.query;
  if (text.length > largestNotice) return say('fail');
  const given = Object.fromEntries(new URLSearchParams(text)), settings = await readPaymentSettings(sqlOf(em), publicUrl), { epay } = settings, keys = await gateway.keys();
  if (epay.merchant === '' || keys.length === 0 || !isEpaySigned(given, keys)) return say('fail');
  if (given.trade_status !== 'TRADE_SUCCESS') return say('success');
  const confirmed = epay.confirm ? await paidAtGateway(egress, settings, keys[0]!, given.out_trade_no ?? '') : given.money;
  const fits = (order: TopUp) => minorOf(confirmed) === order.dueMinor && given.pid === epay.merchant && given.type === order.method && minorOf(given.money) === order.dueMinor;
  const credited = await books.credit({ tradeNo: given.out_trade_no ?? '', provider: PaymentProvider.EPAY, gatewayTradeNo: given.trade_no?.slice(0, 200) || undefined, fits });
  if (typeof credited !== 'string') return say('success');
  log.warn({ alert: 'payment_not_credited', provider: 'epay', tradeNo: given.out_trade_no, reason: credited }, 'payment: a signed notice credited nothing');
  return say('fail');
}

/** Hundredths of a sum with at most two places. */
function minorOf(money: string | undefined): bigint | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?0*$/.exec(money ?? '');
  return match ? BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0')) : undefined;
}
