/** The price list: reading pages of it, changing it, going back to the defaults. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { staleList, versionOf, type EditOptions } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import type { Language, RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../kernel/list/list-page.ts';
import { say } from '../../kernel/words/messages.ts';
import { toMillionths } from '../../kernel/millionths.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode, ValidationError, type UserError } from '../../kernel/words/user-error.ts';
import { defaultPrices } from './default-prices.ts';
import { PriceDraft } from './price-draft.ts';
import { toImpact } from './price-impact.ts';
import { expressionFault, faultText } from './check-expression.ts';
import { priceFields, type PriceValues } from './price-fields.ts';
import { largestRatio } from './price-map.ts';
import { Price } from './price.entity.ts';
import { toView, type PriceInput, type PricesPatch, type PricesPayload, type PriceView } from './price.types.ts';

const longestModel = 255, mostAtOnce = 1_000;

function readValues(input: PriceInput, index: number, refusals: Refusals, language: Language): PriceValues {
  const values: PriceValues = {}, path = ['input', 'upsert', String(index)];
  refusals.unless(input.model.trim() !== '', 'value_required', [...path, 'model'], UserErrorCode.REQUIRED);
  refusals.unless(input.model.length <= longestModel, 'text_too_long', [...path, 'model'], UserErrorCode.TOO_LONG, { max: String(longestModel) });
  for (const field of priceFields) {
    const given = input[field];
    if (given === undefined) continue;
    const ratio = given === null ? null : toMillionths(given);
    const fits = ratio === null || (ratio !== undefined && ratio >= 0 && ratio <= largestRatio);
    refusals.unless(fits, 'ratio_malformed', [...path, field], UserErrorCode.OUT_OF_RANGE, { min: '0', max: '1000000' });
    values[field] = ratio ?? null;
  }
  return { ...values, ...readRule(input, path, refusals, language) };
}

/** Of the members that are given. */
export function readRule({ tiered, expression }: Pick<PriceValues, 'tiered' | 'expression'>, path: string[], refusals: Refusals, language: Language): PriceValues {
  const text = expression?.trim(), fault = text ? expressionFault(text) : undefined;
  if (fault) refusals.list.push(new ValidationError(UserErrorCode.INVALID, 'expression_malformed', `${say('expression_malformed', language)}: ${faultText(fault)}`, [...path, 'expression']));
  return { ...(tiered !== undefined && { tiered: tiered ?? false }), ...(expression !== undefined && { expression: text || null }) };
}

export class PriceService {
  constructor(private readonly cursors: Cursors) {}

  /** Current prices by model name. */
  async page(ctx: RequestContext, search: string | null, page: PageArgs): Promise<Connection<PriceView>> {
    const pattern = search?.trim() ? { model: { $ilike: likeText(search.trim()) } } : {};
    const where = { retiredAt: null, ...pattern }, order = { property: 'model', direction: SortDirection.ASC } as const;
    const rows = await listPage(ctx.em, this.cursors, { entity: Price, where, order, asked: search }, page);
    return { ...rows, nodes: rows.nodes.map(toView) };
  }

  /** Every price that a model has had, the newest first. */
  async history(ctx: RequestContext, model: string, page: PageArgs): Promise<Connection<PriceView>> {
    const rows = await listPage(ctx.em, this.cursors, { entity: Price, where: { model }, order: { property: 'id', direction: SortDirection.DESC }, asked: { model } }, page);
    return { ...rows, nodes: rows.nodes.map(toView) };
  }

  async update(ctx: RequestContext, patch: PricesPatch, options: EditOptions): Promise<PricesPayload> {
    const refusals = new Refusals(ctx);
    for (const list of ['upsert', 'delete'] as const) refusals.unless((patch[list]?.length ?? 0) <= mostAtOnce, 'too_many_items', ['input', list], UserErrorCode.OUT_OF_RANGE, { max: String(mostAtOnce) });
    const upserts = (patch.upsert ?? []).slice(0, mostAtOnce).map((input, index) => [input.model.trim(), readValues(input, index, refusals, ctx.language)] as const);
    if (refusals.any) return refused(refusals.list);
    return this.edit(ctx, options, (draft) => {
      for (const model of patch.delete ?? []) draft.delete(model.trim());
      for (const [model, values] of upserts) draft.patch(model, values);
      const unruled = draft.unruled();
      const index = upserts.findIndex(([model]) => model === unruled);
      return unruled === undefined ? [] : [new ValidationError(UserErrorCode.REQUIRED, 'expression_missing', `${say('expression_missing', ctx.language)}: ${unruled}`, ['input', 'upsert', String(index), 'expression'])];
    });
  }

  reset(ctx: RequestContext): Promise<PricesPayload> {
    return this.edit(ctx, { dryRun: false }, (draft) => {
      draft.replaceAll(defaultPrices);
      return [];
    });
  }

  /** Works on a draft under a lock, and saves it unless the work gives reasons why not. */
  edit(ctx: RequestContext, { dryRun, expectedVersion }: EditOptions, work: (draft: PriceDraft) => readonly UserError[]): Promise<PricesPayload> {
    return ctx.em.transactional(async (em: EntityManager) => {
      const draft = await PriceDraft.open(em), stale = await staleList(ctx, sqlOf(em), 'prices', expectedVersion);
      if (stale) return refused([stale]);
      const reasons = work(draft);
      if (reasons.length) return refused([...reasons]);
      const affected = draft.changes().map(({ model, before, after }) => toImpact(model, before, after));
      const prices = dryRun ? [] : await draft.save(em, ctx.clock.now());
      return { prices: prices.map(toView), affected, version: await versionOf(sqlOf(em), 'prices'), userErrors: [] };
    });
  }
}

const refused = (userErrors: UserError[]): PricesPayload => ({ prices: [], affected: [], userErrors });
