import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import { noteForRoot } from '../../notification/note-for-root.ts';
import { touchMany } from '../../relay-link/snapshot-changes.ts';
import type { Channel, ChannelStatus } from '../channel.entity.ts';

const statement = `update channel set status = $3, status_reason = $4, status_changed_at = $5 where id = $1 and status = $2 returning id, name`;
/** What happened stays, for whoever asks later and for those who are told. */
const kept = `insert into channel_event (channel_id, channel_name, status, reason, at) values ($1, $2, $3, $4, $5)`;

export interface Switch { status: ChannelStatus; reason: string | null }

/** Switches a channel by itself, which is no edit of a person, and tells the relays, unless somebody has switched it meanwhile. @returns whether it did */
export async function switchChannel(em: EntityManager, { id, status: from }: Pick<Channel, 'id' | 'status'>, { status, reason }: Switch, now: Date): Promise<boolean> {
  return em.fork().transactional(async (inner) => {
    const sql = sqlOf(inner), rows = await sql<{ id: number; name: string }>(statement, [id, from, status, reason, now]);
    await touchMany(sql, 'channel', rows.map((row) => row.id));
    for (const row of rows) {
      await sql(kept, [row.id, row.name, status, reason ?? 'A test succeeded', now]);
      await noteForRoot(sql, 'CHANNEL_UPDATE', { name: row.name, status, reason: reason ?? 'A test succeeded' }, now);
    }
    return rows.length > 0;
  });
}
