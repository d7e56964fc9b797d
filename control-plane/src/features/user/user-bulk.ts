/** The same change of many accounts. Money is none of it: a wallet is credited by itself, with a key and a reason. */
import { z } from 'zod';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { roles } from '../../kernel/permission.ts';
import { membersOf, type BulkKind } from '../bulk/bulk-kind.ts';
import { touchMany } from '../relay-link/snapshot-changes.ts';
import { UserStatus } from './user.entity.ts';

/** The role of who asked is that of the moment when they asked. */
const change = z.object({ actorRole: z.int(), patch: z.object({ status: z.enum(UserStatus), group: z.string() }).partial() });

export type UserBulkChange = z.infer<typeof change>;

const locked = 'select id, role from user_account where id = any($1::int[]) and deleted_at is null order by id for no key update';
const update = `update user_account set status = coalesce($2::text, status), group_name = coalesce($3::text, group_name), version = version + 1 where id = any($1::int[])`;

function refuses(role: number, { actorRole, patch }: UserBulkChange): MessageCode | undefined {
  if (role === roles.root && patch.status === UserStatus.DISABLED) return 'root_protected';
  return role < actorRole ? undefined : 'same_or_higher_role';
}

export const userBulk = (events: Events): BulkKind<UserBulkChange> => ({
  name: 'user-bulk', id: 'user', change,
  kept: { table: 'user_account', members: ({ patch }) => membersOf({ status: 'status', group: 'group_name' }, patch) },
  async write(sql, rows, asked) {
    const refused = new Map<number, MessageCode>(), done: number[] = [];
    for (const { id, role } of await sql<{ id: number; role: number }>(locked, [rows])) {
      const reason = refuses(role, asked);
      if (reason) refused.set(id, reason);
      else done.push(id);
    }
    await sql(update, [done, asked.patch.status ?? null, asked.patch.group ?? null]);
    if (asked.patch.status === UserStatus.DISABLED) await sql('delete from session where user_id = any($1::int[])', [done]);
    await touchMany(sql, 'user', done);
    return { done, refused };
  },
  after(rows, { patch }) {
    if (patch.status === UserStatus.DISABLED) for (const id of rows) events.publish(callersChanged, id);
  },
  outcome: () => 'changed',
});
