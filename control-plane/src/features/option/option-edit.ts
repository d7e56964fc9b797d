/** One update of options: every key is read and checked on drafts first, then all of them are written, or none. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { listChanged } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { say, type MessageCode } from '../../kernel/words/messages.ts';
import type { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode, ValidationError } from '../../kernel/words/user-error.ts';
import { Group } from '../group/group.entity.ts';
import { GroupDraft } from '../group/group-draft.ts';
import { isGroupName } from '../group/group.service.ts';
import { PriceDraft } from '../price/price-draft.ts';
import { priceOptions, type PriceOptionKey } from '../price/price-fields.ts';
import { readPriceMap } from '../price/price-map.ts';
import { expressionKey, modeKey, readExpressions, readModes, type RuleKey } from '../price/rule-maps.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { readTexts } from './group-maps.ts';
import { storedName } from './option-names.ts';
import { isOptionKey, specOf, type OptionKey } from './option-registry.ts';
import { readOptions } from './option-values.ts';
import { StoredOption } from './option.entity.ts';
import type { SiteSecrets } from './site-secrets.ts';

export class OptionEdit {
  /** Secrets are sealed already. */
  private readonly values = new Map<OptionKey, string>();
  private prices: PriceDraft | undefined;
  private groups: GroupDraft | undefined;

  constructor(private readonly ctx: RequestContext, private readonly em: EntityManager, private readonly refusals: Refusals, private readonly secrets: SiteSecrets) {}

  async set(name: string, text: string, path: string[]): Promise<void> {
    const key = storedName(name);
    const valuePath = [...path, 'value'];
    if (isOptionKey(key)) this.setStored(key, text, valuePath);
    else if (Object.hasOwn(priceOptions, key)) await this.setPrices(key as PriceOptionKey, text, valuePath);
    else if (key === modeKey || key === expressionKey) await this.setRules(key, text, valuePath);
    else if (key === 'GroupRatio') await this.setGroupRatio(text, valuePath);
    else if (key === 'UserUsableGroups') await this.setUsable(text, valuePath);
    else this.refuse('option_unknown', [...path, 'key', name], name);
  }

  /** Writes everything that was set. Returns the keys whose stored value changed. */
  async save(): Promise<void> {
    const now = this.ctx.clock.now(), updatedBy = this.ctx.principal?.userId ?? null;
    await this.groups?.check(this.em, this.refusals, ['input']);
    await this.checkNeeds();
    const unruled = this.prices?.unruled();
    if (unruled !== undefined) this.refuse('option_malformed', ['input', modeKey, unruled], `${modeKey}: ${unruled} has no expression`);
    if (this.refusals.any) return;
    await this.prices?.save(this.em, now);
    await this.groups?.save(this.em);
    for (const [key, value] of this.values) await this.em.upsert(StoredOption, { key, value, updatedAt: now, updatedBy });
    if ([...this.values.keys()].some((key) => specOf(key).relays)) touch(this.em, 'settings', 'site');
    if ([...this.values.keys()].some((key) => specOf(key).groups)) for (const { name } of await this.em.find(Group, {})) touch(this.em, 'group', name);
    await listChanged(sqlOf(this.em), 'options');
    await this.em.flush();
  }

  /** The message names the option: REST clients see nothing else. */
  private refuse(message: MessageCode, path: string[], detail: string): void {
    const code = message === 'option_unknown' ? UserErrorCode.NOT_FOUND : UserErrorCode.INVALID;
    this.refusals.list.push(new ValidationError(code, message, `${say(message, this.ctx.language)}: ${detail.trim().slice(0, 300)}`, path));
  }

  private setStored(key: OptionKey, text: string, path: string[]): void {
    const spec = specOf(key), read = spec.read(text);
    if ('refusal' in read) return this.refuse('option_malformed', path, `${key}: ${read.refusal}`);
    if (!spec.secret) this.values.set(key, read.text);
    else if (read.text !== '') this.values.set(key, this.secrets.seal(key, read.text));
  }

  /** A switch is not turned on while what it works with is missing, stored or in this update. */
  private async checkNeeds(): Promise<void> {
    const switched = [...this.values].filter(([key, value]) => value === 'true' && specOf(key).needs);
    if (switched.length === 0) return;
    const stored = await readOptions(sqlOf(this.em));
    for (const [key] of switched) {
      const missing = specOf(key).needs!.filter((need) => !(this.values.get(need as OptionKey) ?? stored.get(need as OptionKey)));
      if (missing.length > 0) this.refuse('option_needs', ['input', key], `${key}: ${missing.join(', ')}`);
    }
  }

  private async setPrices(key: PriceOptionKey, text: string, path: string[]): Promise<void> {
    const map = readPriceMap(text);
    if ('fault' in map) return this.refuse('option_malformed', [...path, map.fault].filter(Boolean), [key, map.fault].join(' '));
    this.prices ??= await PriceDraft.open(this.em);
    this.prices.replaceField(priceOptions[key], map);
  }

  private async setRules(key: RuleKey, text: string, path: string[]): Promise<void> {
    const draft = this.prices ??= await PriceDraft.open(this.em), modes = key === modeKey ? readModes(text) : undefined;
    if (modes instanceof Map) return draft.replaceField('tiered', modes);
    const read = modes ?? readExpressions(text);
    if (read instanceof Map) draft.replaceField('expression', read);
    else this.refuse('option_malformed', path, [key, read.fault].join(' '));
  }

  /** The map is the list of groups: a group that it does not name goes, unless it is in use. */
  private async setGroupRatio(text: string, path: string[]): Promise<void> {
    const map = readPriceMap(text);
    const wrong = 'fault' in map ? map.fault : [...map.keys()].find((name) => !isGroupName(name));
    if ('fault' in map || wrong !== undefined) return this.refuse('option_malformed', [...path, wrong ?? ''].filter(Boolean), `GroupRatio ${wrong ?? ''}`);
    const draft = this.groups ??= await GroupDraft.open(this.em);
    for (const name of draft.groups.keys()) if (!map.has(name)) draft.delete(name);
    for (const [name, ratioMillionths] of map) draft.patch(name, { ratioMillionths });
  }

  private async setUsable(text: string, path: string[]): Promise<void> {
    const map = readTexts(text);
    const draft = this.groups ??= await GroupDraft.open(this.em);
    const unknown = map && [...map.keys()].find((name) => !draft.groups.has(name) && name !== 'auto');
    if (!map || unknown !== undefined) return this.refuse(map ? 'group_unknown' : 'option_malformed', [...path, unknown ?? ''].filter(Boolean), `UserUsableGroups ${unknown ?? ''}`);
    for (const [name, values] of draft.groups) draft.patch(name, { selectable: map.has(name), description: map.get(name) ?? values.description });
    // No group of its own: it stands for others, and anyone may choose it.
    if (map.has('auto')) this.setStored('auto_group.description', map.get('auto')!, path);
  }
}
