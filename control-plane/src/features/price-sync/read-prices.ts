/**
 * Prices as other sites publish them, whichever form it is: the maps of /api/ratio_config, the list of /api/pricing, the
 * models of OpenRouter (dollars a token), and models.dev (dollars a million). All become ratios in millionths.
 */
import { z } from 'zod';
import { toMillionths } from '../../kernel/millionths.ts';
import { isStorable } from '../../kernel/storable.ts';
import { largestRatio } from '../price/price-map.ts';

export const syncKinds = ['model_ratio', 'completion_ratio', 'cache_ratio', 'model_price'] as const;
export type SyncKind = (typeof syncKinds)[number];
export type SitePrices = Map<string, Partial<Record<SyncKind, number>>>;

const mostModels = 20_000, longestModel = 255;
const money = z.union([z.number(), z.string().regex(/^\d{1,12}(\.\d+)?(e-?\d{1,3})?$/i).transform(Number)]);

const maps = z.object({ data: z.looseObject(Object.fromEntries(syncKinds.map((kind) => [kind, z.record(z.string(), z.unknown()).optional()])) as Record<SyncKind, z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodUnknown>>>) });
const list = z.object({ data: z.array(z.object({ model_name: z.string(), quota_type: z.number().catch(0), model_ratio: z.unknown().optional(), model_price: z.unknown().optional(), completion_ratio: z.unknown().optional() })) });
const perToken = z.object({ data: z.array(z.object({ id: z.string(), pricing: z.object({ prompt: money, completion: money, input_cache_read: money.optional() }) })) });
const perMillion = z.record(z.string(), z.object({ models: z.record(z.string(), z.object({ cost: z.object({ input: money, output: money, cache_read: money.optional() }).optional() })) }));

/** Ratio 1 is two dollars for a million input tokens. */
const dollarsOfOne = 2;

/** Rounded to six places; a positive number never becomes 0, which would make a model free. */
function toRatio(value: unknown): number | undefined {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof given !== 'number' || !(given >= 0 && given <= largestRatio / 1_000_000)) return undefined;
  const ratio = toMillionths(given.toFixed(6));
  return given > 0 && ratio === 0 ? undefined : ratio;
}

class Reader {
  readonly prices: SitePrices = new Map();

  add(model: string, kind: SyncKind, value: unknown): void {
    const name = model.trim(), ratio = toRatio(value);
    if (ratio === undefined || !name || name.length > longestModel || !isStorable(name) || (this.prices.size >= mostModels && !this.prices.has(name))) return;
    const price = this.prices.get(name) ?? {};
    price[kind] = ratio;
    this.prices.set(name, price);
  }

  /** @param input dollars for a million tokens, as are the others */
  addDollars(model: string, { input, output, cacheRead }: { input: number; output: number; cacheRead: number | undefined }): void {
    this.add(model, 'model_ratio', input / dollarsOfOne);
    if (input > 0) this.add(model, 'completion_ratio', output / input);
    if (input > 0 && cacheRead !== undefined) this.add(model, 'cache_ratio', cacheRead / input);
  }
}

function fromMaps(value: unknown, reader: Reader): boolean {
  const read = maps.safeParse(value).data;
  if (!read || !syncKinds.some((kind) => read.data[kind])) return false;
  for (const kind of syncKinds) for (const [model, ratio] of Object.entries(read.data[kind] ?? {})) reader.add(model, kind, ratio);
  return true;
}

function fromList(value: unknown, reader: Reader): boolean {
  const read = list.safeParse(value).data;
  for (const { model_name: model, quota_type: type, ...price } of read?.data ?? []) {
    if (type === 1) reader.add(model, 'model_price', price.model_price);
    else for (const kind of ['model_ratio', 'completion_ratio'] as const) reader.add(model, kind, price[kind]);
  }
  return read !== undefined;
}

function fromTokens(value: unknown, reader: Reader): boolean {
  const read = perToken.safeParse(value).data, million = 1_000_000;
  for (const { id, pricing } of read?.data ?? []) {
    reader.addDollars(id, { input: pricing.prompt * million, output: pricing.completion * million, cacheRead: pricing.input_cache_read === undefined ? undefined : pricing.input_cache_read * million });
  }
  return read !== undefined;
}

function fromMillions(value: unknown, reader: Reader): boolean {
  const read = perMillion.safeParse(value).data;
  for (const { models } of Object.values(read ?? {})) {
    for (const [model, { cost }] of Object.entries(models)) if (cost) reader.addDollars(model, { input: cost.input, output: cost.output, cacheRead: cost.cache_read });
  }
  return read !== undefined && Object.keys(read).length > 0;
}

/** Undefined when the text has none of the forms. */
export function readSitePrices(text: string): SitePrices | undefined {
  let value: unknown;
  try { value = JSON.parse(text); } catch { return undefined; }
  const reader = new Reader();
  return [fromMaps, fromList, fromTokens, fromMillions].some((read) => read(value, reader)) ? reader.prices : undefined;
}
