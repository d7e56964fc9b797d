/** The ratios of a price, and the option key under which the compatible API carries each of them. */
import type { Price } from './price.entity.ts';

export type PriceField =
  'modelRatio' | 'completionRatio' | 'cacheRatio' | 'createCacheRatio' | 'imageRatio' | 'audioRatio' | 'audioCompletionRatio' | 'callPrice';

/** Millionths by field; null or absent is "not set". */
export type PriceValues = Partial<Record<PriceField, number | null>> & { tiered?: boolean | null; expression?: string | null };

export const priceOptions = {
  ModelRatio: 'modelRatio',
  CompletionRatio: 'completionRatio',
  CacheRatio: 'cacheRatio',
  CreateCacheRatio: 'createCacheRatio',
  ImageRatio: 'imageRatio',
  AudioRatio: 'audioRatio',
  AudioCompletionRatio: 'audioCompletionRatio',
  ModelPrice: 'callPrice',
} as const satisfies Record<string, PriceField>;

export type PriceOptionKey = keyof typeof priceOptions;

export const priceFields: readonly PriceField[] = Object.values(priceOptions);

export const valuesOf = (price: Price | undefined): PriceValues & Record<PriceField, number | null> => ({
  ...(Object.fromEntries(priceFields.map((field) => [field, price?.[field] ?? null])) as Record<PriceField, number | null>),
  tiered: price?.tiered ?? false, expression: price?.expression ?? null,
});

export const sameValues = (one: PriceValues, other: PriceValues): boolean =>
  priceFields.every((field) => (one[field] ?? null) === (other[field] ?? null))
  && Boolean(one.tiered) === Boolean(other.tiered) && (one.expression ?? null) === (other.expression ?? null);

export const hasValues = (values: PriceValues): boolean => priceFields.some((field) => values[field] != null) || Boolean(values.tiered) || values.expression != null;
