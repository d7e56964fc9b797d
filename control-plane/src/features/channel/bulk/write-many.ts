/** One statement that writes the same values into many channels, whatever their number. */
import type { Sql } from '../../../database/sql.ts';
import { touchMany } from '../../relay-link/snapshot-changes.ts';
import type { ChannelPatch } from '../channel.inputs.ts';
import { readMapping } from '../check/model-mapping.ts';

/** What of a patch may be the same for many channels. */
export type SharedPatch = Pick<ChannelPatch, 'status' | 'tag' | 'priority' | 'weight' | 'groups' | 'models' | 'modelMapping' | 'autoBan' | 'extras'> & { /** Of a status that is put back; absent: none. */ statusReason?: string | null };

const trimmed = (names: readonly string[]): string[] => names.map((name) => name.trim());

/** Assignments and their values, from `$2` on. Nulls are what the fields mean by it (apply-patch.ts). */
function assignments(patch: SharedPatch, now: Date): { parts: string[]; values: unknown[] } {
  const parts: string[] = [], values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value) + 1}`;
  const set = (column: string, value: unknown, type: string) => parts.push(`${column} = ${place(value)}::${type}`);
  if (patch.tag !== undefined) set('tag', patch.tag?.trim() || null, 'text');
  if (patch.priority !== undefined) set('priority', patch.priority ?? 0, 'int');
  if (patch.weight !== undefined) set('weight', patch.weight ?? 0, 'int');
  if (patch.groups != null) set('group_names', trimmed(patch.groups), 'text[]');
  if (patch.models != null) set('models', trimmed(patch.models), 'text[]');
  if (patch.modelMapping != null) set('model_mapping', JSON.stringify(readMapping(patch.modelMapping)), 'jsonb');
  if (patch.autoBan != null) set('auto_ban', patch.autoBan, 'boolean');
  if (patch.extras) parts.push(`extras = c.extras || ${place(JSON.stringify(patch.extras))}::jsonb`);
  if (patch.status != null) {
    const status = `${place(patch.status)}::text`, differs = `c.status is distinct from ${status}`;
    parts.push(`status = ${status}`, `status_reason = case when ${differs} then ${place(patch.statusReason ?? null)}::text else c.status_reason end`,
      `status_changed_at = case when ${differs} then ${place(now)}::timestamptz else c.status_changed_at end`);
  }
  return { parts, values };
}

/**
 * Writes a checked patch and tells the relays. Rows are locked in the order of their numbers, so that two bulks never wait
 * for each other.
 *
 * @returns the numbers of the channels that there were
 */
export async function writeMany(sql: Sql, rows: readonly number[], patch: SharedPatch, now: Date): Promise<number[]> {
  const { parts, values } = assignments(patch, now);
  const locked = `select id from channel where id = any($1::int[]) order by id for no key update`;
  const statement = parts.length
    ? `with chosen as (${locked}) update channel c set ${[...parts, 'version = c.version + 1'].join(', ')} from chosen where c.id = chosen.id returning c.id`
    : locked;
  const ids = (await sql<{ id: number }>(statement, [rows, ...values])).map(({ id }) => id);
  if (parts.length) await touchMany(sql, 'channel', ids);
  return ids;
}

/** Deletes and tells the relays. @returns the numbers of those that there were */
export async function deleteMany(sql: Sql, where: string, values: readonly unknown[] = []): Promise<number[]> {
  const gone = await sql<{ id: number }>(`with chosen as (select id from channel where ${where} order by id for update) delete from channel c using chosen where c.id = chosen.id returning c.id`, values);
  const ids = gone.map(({ id }) => id);
  await touchMany(sql, 'channel', ids);
  return ids;
}
