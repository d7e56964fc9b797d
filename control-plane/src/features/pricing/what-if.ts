/** What a usage would cost: at the present price, and at one that an operator thinks of. Writes nothing. */
import { sqlOf } from '../../database/sql.ts';
import type { Language, RequestContext } from '../../kernel/context.ts';
import { decimalText, toMillionths } from '../../kernel/millionths.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { GroupRules } from '../group/group-rules.ts';
import { Group } from '../group/group.entity.ts';
import { toPricing, type LogPricing } from '../log/log-pricing.ts';
import { integerOption } from '../option/option-values.ts';
import { priceFields, valuesOf, type PriceValues } from '../price/price-fields.ts';
import { largestRatio } from '../price/price-map.ts';
import { Price } from '../price/price.entity.ts';
import { readRule } from '../price/price.service.ts';
import { relayPrice } from '../price/relay-price.ts';
import { amountOf, reckon, type AskedUsage, type Terms } from './reckon.ts';
import { PriceWhatIf, type PriceWhatIfInput } from './what-if.types.ts';

const mostTokens = 2 ** 31 - 1, mostCalls = 1_000_000;
const nothing: AskedUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, outputAudio: 0, outputImage: 0 };

function readDraft(draft: NonNullable<PriceWhatIfInput['draft']>, refusals: Refusals, language: Language): PriceValues {
  const values: PriceValues = {};
  for (const field of priceFields) {
    const given = draft[field];
    if (given === undefined) continue;
    const ratio = given === null ? null : toMillionths(given);
    refusals.unless(ratio === null || (ratio !== undefined && ratio >= 0 && ratio <= largestRatio), 'ratio_malformed', ['input', 'draft', field], UserErrorCode.OUT_OF_RANGE, { min: '0', max: '1000000' });
    values[field] = ratio ?? null;
  }
  return { ...values, ...readRule(draft, ['input', 'draft'], refusals, language) };
}

/** Undefined when there is no such group. */
async function ratioOf({ em }: RequestContext, group: string, userGroup: string | null | undefined): Promise<number | undefined> {
  const found = await em.findOne(Group, { name: group }), rules = await GroupRules.read(sqlOf(em));
  return found ? (userGroup && rules.for(group).ratios.get(userGroup)) || found.ratioMillionths : undefined;
}

function priced(model: string, row: { id: number; values: PriceValues }, usage: AskedUsage, terms: Terms): LogPricing | null {
  const price = relayPrice({ ...row.values, id: row.id, model });
  if (!price) return null;
  const frozen = reckon(price, usage, terms);
  return frozen ? toPricing(frozen, amountOf(frozen)) : null;
}

export async function priceWhatIf(ctx: RequestContext, { model, usage, calls, group, userGroup, draft }: PriceWhatIfInput): Promise<PriceWhatIf> {
  const refusals = new Refusals(ctx), answer = new PriceWhatIf(), groupRatio = await ratioOf(ctx, group, userGroup), asked = Object.assign({}, nothing, usage);
  for (const [field, tokens] of Object.entries(asked)) refusals.unless(tokens >= 0 && tokens <= mostTokens, 'number_range', ['input', 'usage', field], UserErrorCode.OUT_OF_RANGE, { min: '0' });
  refusals.unless(calls >= 1 && calls <= mostCalls, 'number_range', ['input', 'calls'], UserErrorCode.OUT_OF_RANGE, { min: '1', max: String(mostCalls) });
  refusals.unless(groupRatio !== undefined, 'group_unknown', ['input', 'group'], UserErrorCode.NOT_FOUND);
  const tried = draft ? readDraft(draft, refusals, ctx.language) : undefined;
  if (refusals.any) return Object.assign(answer, { userErrors: refusals.list });
  const row = await ctx.em.findOne(Price, { model: model.trim(), retiredAt: null }), values = valuesOf(row ?? undefined);
  const terms = { groupRatio: groupRatio!, calls, at: ctx.clock.now().getTime(), quotaPerUnit: await integerOption(sqlOf(ctx.em), 'QuotaPerUnit') };
  answer.present = priced(model, { id: row?.id ?? 0, values }, asked, terms);
  answer.tried = tried ? priced(model, { id: 0, values: { ...values, ...tried } }, asked, terms) : null;
  if (answer.present && answer.tried) answer.difference = answer.tried.quota - answer.present.quota;
  const shown = answer.tried ?? answer.present;
  answer.dollars = shown && decimalText((shown.quota * 1_000_000n) / BigInt(terms.quotaPerUnit), 6);
  return answer;
}
