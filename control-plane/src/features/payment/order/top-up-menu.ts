/** What the top-up page offers. */
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import type { Gateway } from './gateway.ts';
import { readPaymentSettings } from './payment-settings.ts';
import type { TopUpOptions } from './top-up.payloads.ts';

export class TopUpMenu {
  constructor(private readonly gateways: readonly Gateway[], private readonly publicUrl: string) {}

  async of(ctx: RequestContext): Promise<TopUpOptions> {
    const settings = await readPaymentSettings(sqlOf(ctx.em), this.publicUrl), { epay, stripe, creem } = settings;
    const ready = await Promise.all(this.gateways.map((gateway) => gateway.isReady(settings)));
    return {
      providers: this.gateways.filter((_, index) => ready[index]).map(({ provider }) => provider),
      methods: epay.methods.map(({ name, type, color = '', min_topup = '' }) => ({ name, type, color, minimum: /^\d+(\.\d+)?$/.test(min_topup) ? min_topup : null })),
      creemProducts: creem.products.map(({ productId, name, price, currency, quota }) => ({ productId, name, price: String(price), currency, quota: BigInt(quota) })),
      minimum: epay.minimum, stripeMinimum: stripe.minimum, presets: settings.presets, inQuotaUnits: settings.inTokens,
      discounts: Object.entries(settings.discounts).map(([amount, factor]) => ({ amount, factor: String(factor) })),
    };
  }
}
