/** Creem: products with a fixed price and a fixed quota. */
import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { sqlOf } from '../../../database/sql.ts';
import { EgressFailure, type Egress } from '../../egress/egress.ts';
import type { SiteSecrets } from '../../option/site-secrets.ts';
import type { User } from '../../user/user.entity.ts';
import { OrderRefusal, secretsOf, type Gateway, type Opened, type OrderRequest, type Priced } from '../order/gateway.ts';
import type { PaymentSettings } from '../order/payment-settings.ts';
import { PaymentProvider, type TopUp } from '../order/top-up.entity.ts';
import { minorUnits } from './minor-units.ts';

const opened = z.object({ id: z.string().max(200).optional(), checkout_url: z.url() });

export class CreemGateway implements Gateway {
  readonly provider = PaymentProvider.CREEM;

  constructor(private readonly orm: MikroORM, private readonly secrets: SiteSecrets, private readonly egress: Egress) {}

  async webhookSecrets(): Promise<string[]> {
    return secretsOf(await this.secrets.read(sqlOf(this.orm.em.fork()), 'CreemWebhookSecret'));
  }

  async isReady({ creem }: PaymentSettings): Promise<boolean> {
    return creem.products.length > 0 && (await this.apiKey()) !== '' && (await this.webhookSecrets()).length > 0;
  }

  price({ creem }: PaymentSettings, _user: User, { productId, method }: OrderRequest): Priced | OrderRefusal {
    if (method !== '' && method !== 'creem') return new OrderRefusal('payment_method_unknown', 'method');
    const product = creem.products.find((one) => one.productId === productId);
    if (!product) return new OrderRefusal('payment_product_unknown', 'productId');
    const price = new Decimal(product.price), quota = BigInt(product.quota);
    return { amount: quota, price, money: price, currency: product.currency, quota, method: 'creem', dueMinor: minorUnits(price, product.currency) };
  }

  newTradeNo(): string { return `ref_${randomBytes(20).toString('hex')}`; }

  async open({ creem, serverAddress }: PaymentSettings, user: User, order: TopUp, { productId }: OrderRequest): Promise<Opened | OrderRefusal> {
    const body = JSON.stringify({
      product_id: productId, request_id: order.tradeNo, success_url: `${serverAddress}/console/log`, ...(user.email && { customer: { email: user.email } }),
      metadata: { user_id: String(user.id), trade_no: order.tradeNo },
    });
    const headers = { 'content-type': 'application/json', 'x-api-key': await this.apiKey() };
    const answer = await this.egress.request({ url: `${creem.apiUrl}/v1/checkouts`, method: 'POST', headers, body, chosenBy: 'operator' });
    if (answer instanceof EgressFailure || answer.status < 200 || answer.status > 299) return new OrderRefusal('payment_refused');
    const read = opened.safeParse(parse(answer.body));
    return read.success ? { checkout: { url: read.data.checkout_url, fields: null } } : new OrderRefusal('payment_refused');
  }

  private apiKey(): Promise<string> {
    return this.secrets.read(sqlOf(this.orm.em.fork()), 'CreemApiKey');
  }
}

function parse(body: Buffer): unknown {
  try { return JSON.parse(body.toString()); } catch { return undefined; }
}
