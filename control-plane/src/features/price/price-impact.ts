/** What a change does to prices, model by model: both sides as the table has them, inside of the transaction that changes it. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sameValues, valuesOf, type PriceValues } from './price-fields.ts';
import { Price } from './price.entity.ts';
import { toRatios, type PriceImpact } from './price.types.ts';

export type Prices = ReadonlyMap<string, PriceValues>;

export const readPrices = async (em: EntityManager): Promise<Prices> => new Map((await em.find(Price, { retiredAt: null }, { refresh: true })).map((row) => [row.model, valuesOf(row)]));

export const toImpact = (model: string, before: PriceValues, after: PriceValues): PriceImpact => ({ model, before: toRatios(before), after: toRatios(after) });

export async function priceImpacts(em: EntityManager, before: Prices): Promise<PriceImpact[]> {
  const after = await readPrices(em), none = valuesOf(undefined);
  return [...new Set([...before.keys(), ...after.keys()])].sort((one, other) => (one < other ? -1 : 1)).flatMap((model) => {
    const was = before.get(model) ?? none, becomes = after.get(model) ?? none;
    return sameValues(was, becomes) ? [] : [toImpact(model, was, becomes)];
  });
}
