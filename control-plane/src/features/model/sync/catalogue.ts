/**
 * The public catalogue that metadata is copied from: `models.json` and `vendors.json` below one address. Both are arrays, or
 * objects with the array under `data`. Entries that are none are passed over.
 */
import { z } from 'zod';
import type { RequestContext } from '../../../kernel/context.ts';
import { sqlOf } from '../../../database/sql.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { EgressFailure, type Egress } from '../../egress/egress.ts';
import { textOption } from '../../option/option-values.ts';
import { readEndpoints } from '../endpoint-text.ts';
import { NameRule } from '../name-rule.ts';

const mostBytes = 16 << 20, mostEntries = 20_000;
export const locales = ['en', 'zh', 'ja'] as const;
export type Locale = (typeof locales)[number];

const word = (longest: number) => z.string().trim().max(longest).refine(isStorable);
const rules = [NameRule.EXACT, NameRule.PREFIX, NameRule.CONTAINS, NameRule.SUFFIX] as const;

const model = z.object({
  model_name: word(128).min(1), description: word(10_000).catch(''), icon: word(2_048).catch(''), tags: word(255).catch(''), vendor_name: word(128).catch(''),
  name_rule: z.int().min(0).max(3).catch(0), status: z.int().catch(1), endpoints: z.unknown().optional(),
});
const vendor = z.object({ name: word(128).min(1), description: word(10_000).catch(''), icon: word(2_048).catch(''), status: z.int().catch(1) });

export interface CatalogueModel { name: string; description: string; icon: string; tags: string[]; vendor: string; nameRule: NameRule; enabled: boolean; endpoints: string }
export interface CatalogueVendor { name: string; description: string; icon: string; enabled: boolean }
export interface CatalogueSource { locale: Locale; modelsUrl: string; vendorsUrl: string }
export interface Catalogue { source: CatalogueSource; models: Map<string, CatalogueModel>; vendors: Map<string, CatalogueVendor> }

/** Why there is no catalogue: for people, beside the message that it could not be had. */
export class CatalogueFault {
  readonly reason: string;
  constructor(reason: string) { this.reason = reason; }
}

function endpointsOf(value: unknown): string {
  const text = value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 10_000 && readEndpoints(text) ? text.trim() : '';
}

const toModel = (given: z.infer<typeof model>): CatalogueModel => ({
  name: given.model_name, description: given.description, icon: given.icon, vendor: given.vendor_name, nameRule: rules[given.name_rule]!, enabled: given.status === 1,
  tags: [...new Set(given.tags.split(',').map((tag) => tag.trim()).filter(Boolean))], endpoints: endpointsOf(given.endpoints),
});

function entries<Entry>(body: Buffer, form: z.ZodType<Entry>): Entry[] | undefined {
  let value: unknown;
  try { value = JSON.parse(body.toString()); } catch { return undefined; }
  const list: unknown = Array.isArray(value) ? value : (value as { data?: unknown } | null)?.data;
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, mostEntries).flatMap((entry) => { const read = form.safeParse(entry); return read.success ? [read.data] : []; });
}

export class CatalogueReader {
  constructor(private readonly egress: Egress) {}

  /** @param asked undefined: the language of the caller */
  async read(ctx: RequestContext, asked: Locale | undefined): Promise<Catalogue | CatalogueFault> {
    const locale = asked ?? ctx.language, base = (await textOption(sqlOf(ctx.em), 'model_sync.url')).replaceAll('{locale}', locale);
    if (!base) return new CatalogueFault('option model_sync.url');
    const source = { locale, modelsUrl: `${base}/models.json`, vendorsUrl: `${base}/vendors.json` };
    const [models, vendors] = await Promise.all([this.fetch(source.modelsUrl, model), this.fetch(source.vendorsUrl, vendor)]);
    if (models instanceof CatalogueFault) return models;
    if (vendors instanceof CatalogueFault) return vendors;
    return {
      source, models: new Map(models.map((one) => [one.model_name, toModel(one)])),
      vendors: new Map(vendors.map(({ status, ...one }) => [one.name, { ...one, enabled: status === 1 }])),
    };
  }

  private async fetch<Entry>(url: string, form: z.ZodType<Entry>): Promise<Entry[] | CatalogueFault> {
    const answer = await this.egress.request({ url, chosenBy: 'operator', mostBytes, headers: { accept: 'application/json' } });
    const name = url.slice(url.lastIndexOf('/') + 1);
    if (answer instanceof EgressFailure) return new CatalogueFault(`${name}: ${answer.fault}`);
    if (answer.status !== 200) return new CatalogueFault(`${name}: status ${answer.status}`);
    return entries(answer.body, form) ?? new CatalogueFault(`${name}: not a list`);
  }
}
