/** Reading settings with their types, for other features. */
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { listOf } from './option-spec.ts';
import { isOptionKey, optionKeys, registry, type OptionKey } from './option-registry.ts';

/** Text by key; what is not stored has its default. A stored key that no longer exists is passed over. Secrets come sealed: see SiteSecrets. */
export async function readOptions(sql: Sql, keys: readonly OptionKey[] = optionKeys): Promise<Map<OptionKey, string>> {
  const values = new Map<OptionKey, string>(keys.map((key) => [key, registry[key].fallback]));
  const stored = await sql<{ key: string; value: string }>('select key, value from site_option where key = any($1::text[])', [keys]);
  for (const { key, value } of stored) if (isOptionKey(key)) values.set(key, value);
  return values;
}

async function one(sql: Sql, key: OptionKey): Promise<string> {
  return (await readOptions(sql, [key])).get(key)!;
}

export const textOption = one;
export const integerOption = async (sql: Sql, key: OptionKey): Promise<number> => Number(await one(sql, key));
export const flagOption = async (sql: Sql, key: OptionKey): Promise<boolean> => (await one(sql, key)) === 'true';
export const listOption = async (sql: Sql, key: OptionKey): Promise<string[]> => listOf(await one(sql, key));

/** The same within a request: all that its fields ask for in one moment is one query. */
export const optionOf = (ctx: RequestContext, key: OptionKey): Promise<string> => requestLoader(ctx, loadOptions).load(key);

/** Several of them, in the same one query. */
export async function optionsOf(ctx: RequestContext, keys: readonly OptionKey[]): Promise<Map<OptionKey, string>> {
  const values = await Promise.all(keys.map((key) => optionOf(ctx, key)));
  return new Map(keys.map((key, index) => [key, values[index]!]));
}

async function loadOptions({ em }: RequestContext, keys: readonly OptionKey[]): Promise<string[]> {
  const values = await readOptions(sqlOf(em), keys);
  return keys.map((key) => values.get(key)!);
}
