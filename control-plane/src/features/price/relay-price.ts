/** Resource `price:<model>`: the price as relays compute with it, every unset ratio filled in (semantics 1.4). */
import { hash } from 'node:crypto';
import { RelayPriceMode, type RelayPrice } from '../relay-link/wire/snapshot.ts';
import { familyCompletionRatio } from './family-ratios.ts';
import type { PriceValues } from './price-fields.ts';

const one = 1_000_000;
const usualCacheWrite = 1_250_000;

/** One-hour cache writes cost 6 dollars where five-minute ones cost 3.75 (semantics 1.4). Rounded half up, once. */
const hourOf = (cacheWrite: number): number => Math.round((cacheWrite * 8) / 5);

/** Undefined when the row sets neither an expression that counts, nor a call price, nor a model ratio: then the model has no price. */
export function relayPrice(price: PriceValues & { id: number; model: string }): RelayPrice | undefined {
  const { model, id: version } = price;
  const text = price.tiered ? price.expression : undefined;
  // A mode without its expression is a fault, not the next rule (semantics 1.2).
  if (price.tiered && !text) return undefined;
  const perCall = !text && price.callPrice != null;
  if (!text && !perCall && price.modelRatio == null) return undefined;
  const cacheWriteRatio = price.createCacheRatio ?? usualCacheWrite;
  return {
    model, version,
    mode: text ? RelayPriceMode.TIERED : perCall ? RelayPriceMode.PER_CALL : RelayPriceMode.RATIO,
    modelRatio: text || perCall ? 0 : price.modelRatio!,
    completionRatio: price.completionRatio ?? familyCompletionRatio(model),
    cacheReadRatio: price.cacheRatio ?? one,
    cacheWriteRatio,
    cacheWrite1hRatio: hourOf(cacheWriteRatio),
    imageRatio: price.imageRatio ?? one,
    audioRatio: price.audioRatio ?? one,
    audioCompletionRatio: price.audioCompletionRatio ?? one,
    callPrice: perCall ? price.callPrice! : 0,
    ...(text && { expression: { text, sha256: hash('sha256', text) } }),
  };
}
