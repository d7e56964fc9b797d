/** Stripe Checkout: Stripe multiplies its own price by the units that are bought, and tells what that makes. */
import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import Stripe from 'stripe';
import { sqlOf } from '../../../database/sql.ts';
import { egressFetch } from '../../egress/egress-fetch.ts';
import type { Egress } from '../../egress/egress.ts';
import type { SiteSecrets } from '../../option/site-secrets.ts';
import type { User } from '../../user/user.entity.ts';
import { OrderRefusal, secretsOf, type Gateway, type Opened, type OrderRequest, type Priced } from '../order/gateway.ts';
import { termsOf, type PaymentSettings } from '../order/payment-settings.ts';
import { quote, quotaOf } from '../order/quote.ts';
import { PaymentProvider, type TopUp } from '../order/top-up.entity.ts';

const largestAmount = 10_000n;

export class StripeGateway implements Gateway {
  readonly provider = PaymentProvider.STRIPE;

  constructor(private readonly orm: MikroORM, private readonly secrets: SiteSecrets, private readonly egress: Egress, private readonly log: Logger) {}

  async webhookSecrets(): Promise<string[]> {
    return secretsOf(await this.secrets.read(sqlOf(this.orm.em.fork()), 'StripeWebhookSecret'));
  }

  async isReady({ stripe }: PaymentSettings): Promise<boolean> {
    return stripe.priceId !== '' && (await this.apiKey()) !== '' && (await this.webhookSecrets()).length > 0;
  }

  /** The user's factor changes what is credited: the price of a unit is Stripe's. */
  price(settings: PaymentSettings, user: User, { amount, method }: OrderRequest): Priced | OrderRefusal {
    const { stripe, quotaPerUnit, inTokens } = settings, unit = BigInt(inTokens ? quotaPerUnit : 1), [minimum, maximum] = [BigInt(stripe.minimum) * unit, largestAmount * unit];
    if (method !== '' && method !== 'stripe') return new OrderRefusal('payment_method_unknown', 'method');
    if (amount < minimum) return new OrderRefusal('topup_minimum', 'amount', { min: String(minimum) });
    if (amount > maximum) return new OrderRefusal('topup_maximum', 'amount', { max: String(maximum) });
    const terms = termsOf(settings, user.group, stripe.unitPrice), { units, money } = quote(amount, terms);
    // Stripe sells whole units.
    if (!units.isInteger()) return new OrderRefusal('topup_minimum', 'amount', { min: String(minimum) });
    if (money.lt('0.01')) return new OrderRefusal('topup_too_low', 'amount');
    const credited = units.mul(terms.groupRatio);
    return { amount: BigInt(units.toFixed(0)), price: money, money: credited, currency: '', quota: quotaOf(credited, quotaPerUnit), method: 'stripe', dueMinor: null };
  }

  newTradeNo(): string { return `ref_${randomBytes(20).toString('hex')}`; }

  async open({ stripe, serverAddress }: PaymentSettings, user: User, order: TopUp): Promise<Opened | OrderRefusal> {
    const client = new Stripe(await this.apiKey(), {
      ...addressOf(stripe.apiUrl), httpClient: Stripe.createFetchHttpClient(egressFetch(this.egress, 'operator')), maxNetworkRetries: 1, telemetry: false,
    });
    const customer = user.stripeCustomer ? { customer: user.stripeCustomer } : { customer_creation: 'always' as const, ...(user.email && { customer_email: user.email }) };
    try {
      const session = await client.checkout.sessions.create({
        mode: 'payment', line_items: [{ price: stripe.priceId, quantity: Number(order.amount) }], client_reference_id: order.tradeNo, ...customer,
        success_url: `${serverAddress}/console/log`, cancel_url: `${serverAddress}/console/topup`, allow_promotion_codes: stripe.promotionCodes, adaptive_pricing: { enabled: false },
      }, { idempotencyKey: order.tradeNo });
      if (!session.url) return new OrderRefusal('payment_refused');
      const due = session.amount_subtotal ?? session.amount_total;
      return { checkout: { url: session.url, fields: null }, ...(due !== null && { dueMinor: BigInt(due) }), currency: session.currency?.toUpperCase() ?? '' };
    } catch (error) {
      this.log.warn({ err: error }, 'payment: Stripe made no checkout');
      return new OrderRefusal('payment_refused');
    }
  }

  private apiKey(): Promise<string> {
    return this.secrets.read(sqlOf(this.orm.em.fork()), 'StripeApiSecret');
  }
}

function addressOf(apiUrl: string) {
  const { hostname, port, protocol } = new URL(apiUrl), isTls = protocol === 'https:';
  return { host: hostname, port: Number(port || (isTls ? 443 : 80)), protocol: isTls ? 'https' as const : 'http' as const };
}
