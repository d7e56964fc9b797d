import type { Sql } from '../../database/sql.ts';
import { typedId, type IdKind } from '../../kernel/typed-id.ts';
import { UsageDimension } from './statistics.inputs.ts';

export interface Label { label: string; entityId: string | null }

const named: Partial<Record<UsageDimension, { kind: IdKind; sql: string }>> = {
  USER: { kind: 'user', sql: 'select id::text as key, username as label from user_account where id = any($1::int[])' },
  TOKEN: { kind: 'token', sql: 'select id::text as key, name as label from token where id = any($1::int[])' },
  CHANNEL: { kind: 'channel', sql: 'select id::text as key, name as label from channel where id = any($1::int[])' },
};

/** What people call the keys of a dimension, in one query. Rows that are gone keep their number. */
export async function labelsOf(sql: Sql, dimension: UsageDimension, keys: readonly string[]): Promise<(key: string) => Label> {
  const source = named[dimension];
  if (!source || keys.length === 0) return (key) => ({ label: key, entityId: null });
  const rows = await sql<{ key: string; label: string }>(source.sql, [keys.map(Number)]);
  const labels = new Map(rows.map(({ key, label }) => [key, label]));
  return (key) => ({ label: labels.get(key) ?? key, entityId: Number(key) > 0 ? typedId(source.kind, Number(key)) : null });
}
