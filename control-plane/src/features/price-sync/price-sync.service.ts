/** Compares prices with other sites, and takes over what people choose of them. */
import type { RequestContext } from '../../kernel/context.ts';
import { fromMillionths, toMillionths } from '../../kernel/millionths.ts';
import { refusal, Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { EgressFailure, type Egress } from '../egress/egress.ts';
import { priceFields, type PriceValues } from '../price/price-fields.ts';
import { largestRatio } from '../price/price-map.ts';
import type { PriceService } from '../price/price.service.ts';
import type { PricesPayload } from '../price/price.types.ts';
import { Price } from '../price/price.entity.ts';
import { changesMode, differencesOf, fieldOf, type Difference, type SiteAnswer } from './differences.ts';
import { PriceSyncPayload, SyncedPrice, type PriceChoiceInput, type PriceDifference, type PriceSyncInput } from './price-sync.types.ts';
import { readSitePrices, type SyncKind } from './read-prices.ts';
import { chosenSources, type Source } from './sources.ts';

const mostBytes = 16 << 20, mostSeconds = 60, mostChoices = 2_000;

const kindOf = (kind: SyncedPrice): SyncKind => kind;
const shown = (value: number | null): string | null => (value === null ? null : fromMillionths(value));

const toDifference = ({ model, kind, current, candidates, conflicting }: Difference): PriceDifference => ({
  model, kind: kind as SyncedPrice, current: shown(current), conflicting, candidates: candidates.map((one) => ({ ...one, value: shown(one.value) })),
});

export class PriceSyncService {
  constructor(private readonly egress: Egress, private readonly prices: PriceService) {}

  async fetch(ctx: RequestContext, input: PriceSyncInput): Promise<PriceSyncPayload> {
    const sources = await chosenSources(ctx.em, input), payload = new PriceSyncPayload();
    if (!sources) return Object.assign(payload, { userErrors: [refusal(ctx, UserErrorCode.REQUIRED, 'price_sources', ['input'])] });
    const timeoutMs = Math.min(mostSeconds, Math.max(1, input.timeout)) * 1_000;
    const answers = await Promise.all(sources.map((source) => this.read(source, timeoutMs)));
    const sites = answers.filter((answer): answer is SiteAnswer => 'prices' in answer);
    payload.differences = differencesOf(await ctx.em.find(Price, { retiredAt: null }), sites).map(toDifference);
    payload.results = answers.map((answer) => ({ name: answer.name, error: 'error' in answer ? answer.error : null }));
    return payload;
  }

  /** Each choice changes one number of one model. What changes how a model is paid for needs `confirmed`. */
  async apply(ctx: RequestContext, choices: readonly PriceChoiceInput[], { confirmed, dryRun }: { confirmed: boolean; dryRun: boolean }): Promise<PricesPayload> {
    const refusals = new Refusals(ctx);
    refusals.unless(choices.length > 0 && choices.length <= mostChoices, choices.length ? 'too_many_items' : 'invalid_params', ['input'], UserErrorCode.OUT_OF_RANGE, { max: String(mostChoices) });
    const read = choices.slice(0, mostChoices).map((choice, index) => this.readChoice(choice, ['input', String(index)], refusals));
    if (refusals.any) return { prices: [], affected: [], userErrors: refusals.list };
    return this.prices.edit(ctx, { dryRun }, (draft) => {
      read.forEach(({ model, kind, value }, index) => {
        refusals.unless(confirmed || !changesMode(kind, draft.valuesFor(model)), 'price_conflict', ['input', String(index)], UserErrorCode.CONFLICT);
        draft.patch(model, patchOf(kind, value));
      });
      return refusals.list;
    });
  }

  private readChoice({ model, kind, value }: PriceChoiceInput, path: string[], refusals: Refusals): { model: string; kind: SyncKind; value: number } {
    const ratio = toMillionths(value);
    refusals.unless(ratio !== undefined && ratio >= 0 && ratio <= largestRatio, 'ratio_malformed', [...path, 'value'], UserErrorCode.OUT_OF_RANGE, { min: '0', max: '1000000' });
    refusals.unless(model.trim() !== '' && model.length <= 255, 'value_required', [...path, 'model'], UserErrorCode.REQUIRED);
    return { model: model.trim(), kind: kindOf(kind), value: ratio ?? 0 };
  }

  private async read({ name, url }: Source, timeoutMs: number): Promise<SiteAnswer | { name: string; error: string }> {
    if (!url) return { name, error: 'no address' };
    const answer = await this.egress.request({ url, chosenBy: 'operator', timeoutMs, mostBytes, headers: { accept: 'application/json' } });
    if (answer instanceof EgressFailure) return { name, error: answer.fault };
    if (answer.status !== 200) return { name, error: `status ${answer.status}` };
    const prices = readSitePrices(answer.body.toString());
    return prices ? { name, prices } : { name, error: 'not readable' };
  }
}

/** A price by call and ratios do not stand beside each other: the one that is not chosen would never count. An expression waits. */
function patchOf(kind: SyncKind, value: number): PriceValues {
  if (kind !== 'model_price') return { ...(kind === 'model_ratio' && { callPrice: null, tiered: false }), [fieldOf[kind]]: value };
  return { ...Object.fromEntries(priceFields.map((field) => [field, field === 'callPrice' ? value : null])), tiered: false };
}
