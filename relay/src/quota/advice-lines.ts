/** What a second model said inside an answer, as lines of the price of the first (dialects 6.5). */
import type { ChargeLine, RelayPrice } from '../gql/types.gen.ts';
import type { Advice } from '../dialects/metering/advice.ts';
import { freezePrice, linesOf } from './price.ts';
import type { PriceBasis } from './reservation.ts';
import { ruledPrice } from './tiered.ts';

const MILLION = 1_000_000n;

/** Advice with the price that was valid when the request was admitted. */
export interface PricedAdvice extends Advice { readonly price: PriceBasis }

/**
 * @param price of a model, by its name; one that is an expression is not asked, as it may look at a request that its model never had
 * @param own of the model that answered: it stands in for a price that there is not
 */
export function pricedAdvice(advice: readonly Advice[] | undefined, price: (model: string) => RelayPrice | undefined, own: PriceBasis): readonly PricedAdvice[] | undefined {
  return advice?.map((each) => {
    const found = price(each.model);
    return { ...each, price: found && found.mode !== 'TIERED' ? freezePrice(found, own.groupRatio, own.quotaPerUnit) : own };
  });
}

const none: readonly ChargeLine[] = [];

/** One line for each model, with the weight that gives its amount. As with tools, an answer that costs nothing by its tokens cannot carry one. */
export function adviceLines(basis: PriceBasis, advice: readonly PricedAdvice[] | undefined): readonly ChargeLine[] {
  if (!advice) return none;
  return advice.map((each): ChargeLine => ({ name: `advisor:${each.model.slice(0, 128)}`, tokens: 1, ratio: weightOf(basis, unitsOf(each)) })).filter(({ ratio }) => ratio > 0 && Number.isSafeInteger(ratio));
}

/** Quota in millionths of a millionth, before the ratio of the group. */
function unitsOf({ price, tokens, calls }: PricedAdvice): bigint {
  const perUnit = BigInt(price.quotaPerUnit);
  if (price.rule) return BigInt(ruledPrice(price.rule, tokens).value) * perUnit;
  if (price.mode === 'PER_CALL') return BigInt(calls) * BigInt(price.callPrice) * perUnit * MILLION;
  return linesOf(price, tokens).reduce((sum, line) => sum + BigInt(line.tokens) * BigInt(line.ratio), 0n) * BigInt(price.modelRatio);
}

/** The ratio of a line of one, by which `amountFrom` comes to these units. */
function weightOf({ mode, modelRatio, quotaPerUnit }: PriceBasis, units: bigint): number {
  const one = mode === 'TIERED' ? BigInt(quotaPerUnit) : mode === 'PER_CALL' ? BigInt(quotaPerUnit) * MILLION : BigInt(modelRatio);
  return one === 0n ? 0 : Number((units + one / 2n) / one);
}
