/** The options of payment with their types. Secrets are read where they are used. */
import type { Sql } from '../../../database/sql.ts';
import { readOptions } from '../../option/option-values.ts';
import { ratioOr1, type QuoteTerms } from './quote.ts';

export interface PayMethod { name: string; type: string; color?: string; min_topup?: string }
export interface CreemProduct { productId: string; name: string; price: number; currency: string; quota: number }

export interface PaymentSettings {
  quotaPerUnit: number;
  inTokens: boolean;
  groupRatios: Record<string, number>;
  discounts: Record<string, number>;
  presets: number[];
  /** Where people reach us, and where gateways do; without final slash. */
  serverAddress: string;
  callbackAddress: string;
  epay: { address: string; merchant: string; price: string; minimum: number; methods: PayMethod[]; confirm: boolean };
  stripe: { apiUrl: string; priceId: string; unitPrice: string; minimum: number; promotionCodes: boolean };
  creem: { apiUrl: string; testMode: boolean; products: CreemProduct[] };
}

const keys = [
  'QuotaPerUnit', 'general_setting.quota_display_type', 'TopupGroupRatio', 'payment_setting.amount_discount', 'payment_setting.amount_options', 'ServerAddress', 'CustomCallbackAddress',
  'PayAddress', 'EpayId', 'Price', 'MinTopUp', 'PayMethods', 'epay.confirm', 'stripe.api_url', 'StripePriceId', 'StripeUnitPrice', 'StripeMinTopUp', 'StripePromotionCodesEnabled',
  'creem.api_url', 'CreemTestMode', 'CreemProducts',
] as const;

const creemUrl = (testMode: boolean): string => (testMode ? 'https://test-api.creem.io' : 'https://api.creem.io');

/** The JSON options were checked when they were stored. */
export async function readPaymentSettings(sql: Sql, publicUrl: string): Promise<PaymentSettings> {
  const options = await readOptions(sql, keys), of = (key: (typeof keys)[number]) => options.get(key)!;
  const json = <T>(key: (typeof keys)[number]) => JSON.parse(of(key)) as T, serverAddress = of('ServerAddress') || publicUrl, testMode = of('CreemTestMode') === 'true';
  return {
    quotaPerUnit: Number(of('QuotaPerUnit')), inTokens: of('general_setting.quota_display_type') === 'TOKENS', serverAddress, callbackAddress: of('CustomCallbackAddress') || serverAddress,
    groupRatios: json('TopupGroupRatio'), discounts: json('payment_setting.amount_discount'), presets: json('payment_setting.amount_options'),
    epay: { address: of('PayAddress'), merchant: of('EpayId'), price: of('Price'), minimum: Number(of('MinTopUp')), methods: json('PayMethods'), confirm: of('epay.confirm') === 'true' },
    stripe: {
      apiUrl: of('stripe.api_url'), priceId: of('StripePriceId'), unitPrice: of('StripeUnitPrice'), minimum: Number(of('StripeMinTopUp')),
      promotionCodes: of('StripePromotionCodesEnabled') === 'true',
    },
    creem: { apiUrl: of('creem.api_url') || creemUrl(testMode), testMode, products: json('CreemProducts') },
  };
}

/** What an amount costs a user of this group, at this price of a unit. */
export const termsOf = ({ quotaPerUnit, inTokens, groupRatios, discounts }: PaymentSettings, group: string, unitPrice: string): QuoteTerms =>
  ({ quotaPerUnit, inTokens, discounts, unitPrice, groupRatio: ratioOr1(groupRatios[group]) });
