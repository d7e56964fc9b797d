/** Resource `price:<model>`: the price as relays compute with it, every unset ratio filled in (semantics 1.4). */
import { RelayPriceMode, type RelayPrice } from '../relay-link/wire/snapshot.ts';
import { familyCompletionRatio } from './family-ratios.ts';
import type { PriceValues } from './price-fields.ts';

const one = 1_000_000;
const usualCacheWrite = 1_250_000;

/** One-hour cache writes cost 6 dollars where five-minute ones cost 3.75 (semantics 1.4). Rounded half up, once. */
const hourOf = (cacheWrite: number): number => Math.round((cacheWrite * 8) / 5);

/** Undefined when the row sets neither a call price nor a model ratio: then the model has no price. */
export function relayPrice(price: PriceValues & { id: number; model: string }): RelayPrice | undefined {
  const { model, id: version } = price;
  const perCall = price.callPrice != null;
  if (!perCall && price.modelRatio == null) return undefined;
  const cacheWriteRatio = price.createCacheRatio ?? usualCacheWrite;
  return {
    model, version,
    mode: perCall ? RelayPriceMode.PER_CALL : RelayPriceMode.RATIO,
    modelRatio: perCall ? 0 : price.modelRatio!,
    completionRatio: price.completionRatio ?? familyCompletionRatio(model),
    cacheReadRatio: price.cacheRatio ?? one,
    cacheWriteRatio,
    cacheWrite1hRatio: hourOf(cacheWriteRatio),
    imageRatio: price.imageRatio ?? one,
    audioRatio: price.audioRatio ?? one,
    audioCompletionRatio: price.audioCompletionRatio ?? one,
    callPrice: perCall ? price.callPrice! : 0,
  };
}
