/** Gateways that speak the epay protocol: the browser posts a signed form to them. */
import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import type { SiteSecrets } from '../../option/site-secrets.ts';
import type { User } from '../../user/user.entity.ts';
import { OrderRefusal, secretsOf, type Gateway, type Opened, type OrderRequest, type Priced } from '../order/gateway.ts';
import { termsOf, type PaymentSettings } from '../order/payment-settings.ts';
import { quote, quotaOf } from '../order/quote.ts';
import { PaymentProvider, type TopUp } from '../order/top-up.entity.ts';
import { signEpay } from './epay-sign.ts';

const largestAmount = 1_000_000_000n;

export class EpayGateway implements Gateway {
  readonly provider = PaymentProvider.EPAY;

  constructor(private readonly orm: MikroORM, private readonly secrets: SiteSecrets) {}

  async keys(): Promise<string[]> {
    return secretsOf(await this.secrets.read(sqlOf(this.orm.em.fork()), 'EpayKey'));
  }

  async isReady({ epay }: PaymentSettings): Promise<boolean> {
    return epay.address !== '' && epay.merchant !== '' && (await this.keys()).length > 0;
  }

  /** Without a method only the price is asked for. */
  price(settings: PaymentSettings, user: User, { amount, method }: OrderRequest): Priced | OrderRefusal {
    const { epay, quotaPerUnit, inTokens } = settings, unit = BigInt(inTokens ? quotaPerUnit : 1), minimum = BigInt(epay.minimum) * unit;
    if (amount < minimum) return new OrderRefusal('topup_minimum', 'amount', { min: String(minimum) });
    if (amount > largestAmount * unit) return new OrderRefusal('topup_maximum', 'amount', { max: String(largestAmount * unit) });
    const found = epay.methods.find(({ type }) => type === method);
    if (method !== '' && !found) return new OrderRefusal('payment_method_unknown', 'method');
    const { units, money } = quote(amount, termsOf(settings, user.group, epay.price));
    if (money.lt('0.01')) return new OrderRefusal('topup_too_low', 'amount');
    const least = Number(found?.min_topup || 0);
    if (units.lt(least)) return new OrderRefusal('topup_minimum', 'amount', { min: String(least) });
    return { amount, price: money, money, currency: '', quota: inTokens ? amount : quotaOf(units, quotaPerUnit), method, dueMinor: BigInt(money.mul(100).toFixed(0)) };
  }

  newTradeNo({ id }: User, now: Date): string {
    return `USR${id}NO${randomBytes(3).toString('hex')}${Math.floor(now.getTime() / 1_000)}`;
  }

  async open({ epay, serverAddress, callbackAddress }: PaymentSettings, _user: User, order: TopUp): Promise<Opened | OrderRefusal> {
    const [key] = await this.keys();
    if (key === undefined) return new OrderRefusal('payment_unconfigured');
    const fields: Record<string, string> = {
      pid: epay.merchant, type: order.method, out_trade_no: order.tradeNo, notify_url: `${callbackAddress}/api/user/epay/notify`, return_url: `${serverAddress}/console/log`,
      name: `TUC${order.amount}`, money: Number(order.money).toFixed(2), device: 'pc',
    };
    return { checkout: { url: `${epay.address}/submit.php`, fields: { ...fields, sign: signEpay(fields, key), sign_type: 'MD5' } } };
  }
}
