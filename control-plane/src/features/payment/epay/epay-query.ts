/** Asks the gateway itself whether an order was paid (PAY-04): its notices are signed with MD5, which does not convince everybody. */
import { z } from 'zod';
import { EgressFailure, type Egress } from '../../egress/egress.ts';
import type { PaymentSettings } from '../order/payment-settings.ts';

const word = z.union([z.string(), z.number()]).transform(String);
const told = z.object({ code: word, status: word, out_trade_no: word, money: word });

/** What the gateway says was paid, as it spells it; undefined when it does not say that the order is paid. */
export async function paidAtGateway(egress: Egress, { epay }: PaymentSettings, key: string, tradeNo: string): Promise<string | undefined> {
  // The protocol wants the key in the address.
  const query = new URLSearchParams({ act: 'order', pid: epay.merchant, key, out_trade_no: tradeNo });
  const answer = await egress.request({ url: `${epay.address}/api.php?${query.toString()}`, chosenBy: 'operator' });
  if (answer instanceof EgressFailure || answer.status !== 200) return undefined;
  const { data } = told.safeParse(parse(answer.body));
  return data?.code === '1' && data.status === '1' && data.out_trade_no === tradeNo ? data.money : undefined;
}

function parse(body: Buffer): unknown {
  try { return JSON.parse(body.toString()); } catch { return undefined; }
}
