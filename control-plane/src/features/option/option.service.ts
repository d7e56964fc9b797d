/** Options: settings with a row of their own, and the price and group maps, which are views of their tables. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { orDryRun } from '../../database/in-transaction.ts';
import { staleList, versionOf, type EditOptions } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { Group } from '../group/group.entity.ts';
import { Price } from '../price/price.entity.ts';
import { priceOptions } from '../price/price-fields.ts';
import { writePriceMap } from '../price/price-map.ts';
import { ruleKeys, writeRules } from '../price/rule-maps.ts';
import { groupRatioText, usableGroupsText } from './group-maps.ts';
import { PriceEffect } from './price-effect.ts';
import { OptionEdit } from './option-edit.ts';
import { allKeys, priceKeys, storedName } from './option-names.ts';
import { textOption } from './option-values.ts';
import { optionKeys, sectionOf, specOf } from './option-registry.ts';
import { OptionKind } from './option-spec.ts';
import { StoredOption } from './option.entity.ts';
import type { Option, OptionInput, OptionsPayload } from './option.types.ts';
import type { SiteSecrets } from './site-secrets.ts';

const mostAtOnce = 200;

const refused = (userErrors: UserError[]): OptionsPayload => ({ options: [], affected: [], affectedGroups: [], userErrors });

const mapDescriptions: Record<string, string> = { GroupRatio: 'Group to ratio: this is the list of groups.', UserUsableGroups: 'Groups that anyone may choose, with their description.' };

const jsonOption = (key: string, value: string): Option =>
  ({ key, section: sectionOf(key), kind: OptionKind.JSON, value, description: mapDescriptions[key] ?? 'Model to number; a model that is left out has none set.', atDefault: false, secret: false, updatedAt: null });

export class OptionService {
  constructor(private readonly secrets: SiteSecrets) {}

  /** All options, or these; a key that does not exist is left out. */
  async read(em: EntityManager, keys: readonly string[] = allKeys, section?: string): Promise<Option[]> {
    const wanted = new Set(keys.map(storedName).filter((key) => section === undefined || sectionOf(key) === section));
    const found = [...await this.stored(em, wanted), ...await this.prices(em, wanted), ...await this.groups(em, wanted)];
    return found.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  async update(ctx: RequestContext, input: readonly OptionInput[], { dryRun, expectedVersion }: EditOptions = { dryRun: false }): Promise<OptionsPayload> {
    const refusals = new Refusals(ctx);
    refusals.unless(input.length <= mostAtOnce, 'too_many_items', ['input'], UserErrorCode.OUT_OF_RANGE, { max: String(mostAtOnce) });
    if (refusals.any) return refused(refusals.list);
    return orDryRun(ctx.em, dryRun, async (em) => {
      const stale = await staleList(ctx, sqlOf(em), 'options', expectedVersion);
      if (stale) return refused([stale]);
      const effect = await PriceEffect.before(em, input.map(({ key }) => storedName(key)));
      const edit = new OptionEdit(ctx, em, refusals, this.secrets);
      for (const [index, { key, value }] of input.entries()) await edit.set(key, value, ['input', String(index)]);
      if (!refusals.any) await edit.save();
      if (refusals.any) return refused(refusals.list);
      return { options: await this.read(em, input.map(({ key }) => key)), ...await effect.told(ctx.clock.now()), version: await versionOf(sqlOf(em), 'options'), userErrors: [] };
    });
  }

  private async stored(em: EntityManager, wanted: ReadonlySet<string>): Promise<Option[]> {
    const keys = optionKeys.filter((key) => wanted.has(key));
    const rows = new Map((keys.length ? await em.find(StoredOption, { key: { $in: keys } }, { refresh: true }) : []).map((row) => [row.key, row]));
    return keys.map((key) => {
      const { kind, fallback, describe, secret = false } = specOf(key), row = rows.get(key), value = row?.value ?? fallback;
      return { key, section: sectionOf(key), kind, value: secret ? '' : value, description: describe, atDefault: value === fallback, secret, updatedAt: row?.updatedAt ?? null };
    });
  }

  private async prices(em: EntityManager, wanted: ReadonlySet<string>): Promise<Option[]> {
    const keys = priceKeys.filter((key) => wanted.has(key)), rules = ruleKeys.filter((key) => wanted.has(key));
    if (!keys.length && !rules.length) return [];
    const rows = await em.find(Price, { retiredAt: null });
    const told = rules.map((key) => jsonOption(key, writeRules(key, rows)));
    return keys.map((key) => {
      const map = new Map(rows.flatMap((row) => { const value = row[priceOptions[key]]; return value == null ? [] : [[row.model, value] as const]; }));
      return jsonOption(key, writePriceMap(map));
    }).concat(told);
  }

  private async groups(em: EntityManager, wanted: ReadonlySet<string>): Promise<Option[]> {
    if (!wanted.has('GroupRatio') && !wanted.has('UserUsableGroups')) return [];
    const rows = await em.find(Group, {}, { orderBy: { name: 'asc' } });
    return [jsonOption('GroupRatio', groupRatioText(rows)), jsonOption('UserUsableGroups', usableGroupsText(rows, await textOption(sqlOf(em), 'auto_group.description')))].filter(({ key }) => wanted.has(key));
  }
}

