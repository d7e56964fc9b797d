/** The same change of many keys of one owner. */
import { z } from 'zod';
import { isoOf, type Sql } from '../../database/sql.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { membersOf, type BulkKind } from '../bulk/bulk-kind.ts';
import { touchMany } from '../relay-link/snapshot-changes.ts';
import { TokenStatus } from './token.entity.ts';

const patchForm = z.object({
  // An undo puts back what was there, also a status that people cannot set.
  status: z.enum(TokenStatus), group: z.string(), expiresAt: z.iso.datetime().nullable(), models: z.array(z.string()).nullable(), allowIps: z.array(z.string()),
}).partial();

const change = z.object({ ownerId: z.int(), patch: patchForm });

export type TokenBulkChange = z.infer<typeof change>;

interface Row { id: number; status: TokenStatus; unlimited: boolean; endsAt: number | null; funded: boolean }

const locked = `select t.id, t.status, t.unlimited, (extract(epoch from t.expires_at) * 1000)::float8 as "endsAt", coalesce((select balance > 0 from account where name = 'token:' || t.id), false) as funded
  from token t where t.id = any($1::int[]) and t.user_id = $2 and t.deleted_at is null order by t.id for no key update of t`;

/** A key whose time or budget has run out is not enabled before that is mended (semantics 2.1). */
function refusesToEnable(row: Row, { patch }: TokenBulkChange, now: Date): MessageCode | undefined {
  const endsAt = patch.expiresAt === undefined ? row.endsAt : patch.expiresAt === null ? null : Date.parse(patch.expiresAt);
  if (endsAt !== null && endsAt <= now.getTime()) return 'token_expired_enable';
  return row.unlimited || row.funded ? undefined : 'token_exhausted_enable';
}

const members = { status: 'status', group: 'group_name', expiresAt: isoOf('expires_at'), models: 'to_jsonb(models)', allowIps: 'to_jsonb(allow_ips)' };

async function write(sql: Sql, ids: readonly number[], patch: TokenBulkChange['patch']): Promise<void> {
  const values: unknown[] = [ids], parts: string[] = ['version = version + 1'];
  const set = (column: string, value: unknown, type: string) => parts.push(`${column} = $${values.push(value)}::${type}`);
  if (patch.status !== undefined) set('status', patch.status, 'text');
  if (patch.group !== undefined) set('group_name', patch.group, 'text');
  if (patch.expiresAt !== undefined) set('expires_at', patch.expiresAt, 'timestamptz');
  if (patch.models !== undefined) set('models', patch.models, 'text[]');
  if (patch.allowIps !== undefined) set('allow_ips', patch.allowIps, 'text[]');
  await sql(`update token set ${parts.join(', ')} where id = any($1::int[])`, values);
  await touchMany(sql, 'token', ids);
}

export const tokenBulk: BulkKind<TokenBulkChange> = {
  name: 'token-bulk', id: 'token', change,
  kept: { table: 'token', members: ({ patch }) => membersOf(members, patch) },
  async write(sql, rows, asked, now) {
    const refused = new Map<number, MessageCode>(), done: number[] = [];
    for (const row of await sql<Row>(locked, [rows, asked.ownerId])) {
      const reason = asked.patch.status === TokenStatus.ENABLED ? refusesToEnable(row, asked, now) : undefined;
      if (reason) refused.set(row.id, reason);
      else done.push(row.id);
    }
    if (done.length > 0 && Object.keys(asked.patch).length > 0) await write(sql, done, asked.patch);
    return { done, refused };
  },
  outcome: () => 'changed',
};
