/** The same change, or the deletion, of many codes. A used code is history: it may be deleted and not changed. */
import { z } from 'zod';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { membersOf, type BulkKind } from '../bulk/bulk-kind.ts';
import { isoOf } from '../../database/sql.ts';
import { RedemptionStatus } from './redemption.entity.ts';

const patchForm = z.object({ status: z.enum([RedemptionStatus.ENABLED, RedemptionStatus.DISABLED]), expiresAt: z.iso.datetime().nullable() }).partial();

/** Null: deletes them. */
const change = z.object({ patch: patchForm.nullable() });

export type RedemptionBulkChange = z.infer<typeof change>;

const locked = 'select id, status from redemption where id = any($1::int[]) and deleted_at is null order by id for no key update';
const remove = 'update redemption set deleted_at = $2, version = version + 1 where id = any($1::int[])';
const update = `update redemption set status = coalesce($2::text, status), expires_at = case when $3 then $4::timestamptz else expires_at end, version = version + 1 where id = any($1::int[])`;

export const redemptionBulk: BulkKind<RedemptionBulkChange> = {
  name: 'redemption-bulk', id: 'redemption', change,
  kept: { table: 'redemption', members: ({ patch }) => membersOf({ status: 'status', expiresAt: isoOf('expires_at') }, patch) },
  async write(sql, rows, { patch }, now) {
    const found = await sql<{ id: number; status: RedemptionStatus }>(locked, [rows]), used = patch ? found.filter(({ status }) => status === RedemptionStatus.USED) : [];
    const refused = new Map<number, MessageCode>(used.map(({ id }) => [id, 'redemption_used'])), done = found.flatMap(({ id }) => (refused.has(id) ? [] : [id]));
    if (patch) await sql(update, [done, patch.status ?? null, patch.expiresAt !== undefined, patch.expiresAt ?? null]);
    else await sql(remove, [done, now]);
    return { done, refused };
  },
  outcome: ({ patch }) => (patch ? 'changed' : 'deleted'),
};
