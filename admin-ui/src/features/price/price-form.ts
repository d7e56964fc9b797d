/** The editor's own form of a price, and the way to and from the server's. */
import type { PriceInput, PricesQuery } from '../../gql/graphql.ts';

export type PriceRow = PricesQuery['prices']['nodes'][number];

export const ratioNames = ['modelRatio', 'completionRatio', 'cacheRatio', 'createCacheRatio', 'imageRatio', 'audioRatio', 'audioCompletionRatio'] as const;
export type RatioName = (typeof ratioNames)[number];

export interface PriceForm extends Record<RatioName, string> {
  model: string;
  byCall: boolean;
  callPrice: string;
  tiered: boolean;
  expression: string;
}

export const fieldNames = ['model', 'byCall', 'callPrice', 'tiered', 'expression', ...ratioNames] as const;

export const formOf = (price: PriceRow | undefined): PriceForm => ({
  model: price?.model ?? '', byCall: price?.set.callPrice != null, callPrice: price?.set.callPrice ?? '', tiered: price?.set.tiered ?? false, expression: price?.set.expression ?? '',
  ...(Object.fromEntries(ratioNames.map((name) => [name, price?.set[name] ?? ''])) as Record<RatioName, string>),
});

/** A price by request has no ratios beside it: they would never count. Beside an expression what was set stays, for when it is switched off. */
export function inputOf(form: PriceForm): PriceInput {
  const given = (text: string): string | null => text.trim() || null, model = form.model.trim();
  if (form.tiered) return { model, tiered: true, expression: given(form.expression) };
  const ratios = Object.fromEntries(ratioNames.map((name) => [name, form.byCall ? null : given(form[name])]));
  return { model, tiered: false, callPrice: form.byCall ? given(form.callPrice) : null, ...ratios };
}

/** Plain decimals with at most six places: what the server keeps. */
export const isRatio = (text: string): boolean => /^\d{1,7}(\.\d{1,6})?$/.test(text.trim());

/** Ratio 1 is two dollars for a million input tokens. */
export const dollarsOf = (ratio: string, times = '1'): number => Number(ratio) * 2 * Number(times);
