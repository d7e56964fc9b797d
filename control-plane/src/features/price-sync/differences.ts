/** Where other sites' prices differ from ours, kind by kind. */
import type { Price } from '../price/price.entity.ts';
import type { PriceField } from '../price/price-fields.ts';
import { syncKinds, type SitePrices, type SyncKind } from './read-prices.ts';

export const fieldOf: Record<SyncKind, PriceField> = { model_ratio: 'modelRatio', completion_ratio: 'completionRatio', cache_ratio: 'cacheRatio', model_price: 'callPrice' };

/** What sites give for models that nobody has priced. */
const unpriced = { model_ratio: 37_500_000, completion_ratio: 1_000_000 };

export interface Candidate { source: string; value: number | null; same: boolean; confident: boolean }

export interface Difference {
  model: string;
  kind: SyncKind;
  current: number | null;
  candidates: Candidate[];
  /** Taking it over would change whether requests or tokens are paid for. */
  conflicting: boolean;
}

export interface SiteAnswer { name: string; prices: SitePrices }

function candidate({ name, prices }: SiteAnswer, model: string, kind: SyncKind, current: number | null): Candidate {
  const price = prices.get(model), value = price?.[kind] ?? null;
  const confident = !(price?.model_ratio === unpriced.model_ratio && price.completion_ratio === unpriced.completion_ratio);
  return { source: name, value, same: value !== null && value === current, confident };
}

/** Whether the model would be paid for in another way. */
export function changesMode(kind: SyncKind, own: Pick<Price, 'callPrice' | 'modelRatio'> & { tiered?: boolean | null }): boolean {
  if (own.tiered) return kind === 'model_price' || kind === 'model_ratio';
  if (kind === 'model_price') return own.callPrice == null && own.modelRatio != null;
  return kind === 'model_ratio' && own.callPrice != null;
}

/** Only what some site has and we have not, or have otherwise; by model. */
export function differencesOf(own: readonly Price[], sites: readonly SiteAnswer[]): Difference[] {
  const ours = new Map(own.map((price) => [price.model, price]));
  const models = [...new Set(sites.flatMap(({ prices }) => [...prices.keys()]))].sort();
  return models.flatMap((model) => syncKinds.flatMap((kind) => {
    const price = ours.get(model), current = price?.[fieldOf[kind]] ?? null;
    const candidates = sites.map((site) => candidate(site, model, kind, current));
    if (!candidates.some(({ value, same }) => value !== null && !same)) return [];
    return [{ model, kind, current, candidates, conflicting: price !== undefined && changesMode(kind, price) }];
  }));
}
