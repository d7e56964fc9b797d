/**
 * Switches credentials off that a provider refuses for good, and their channel with the last of them (semantics 3.4). Each decision is
 * made once, whoever reports it and however often: it is one transaction over a locked row. What follows from tests: monitor/.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { channelSwitched, type Events } from '../../../kernel/running/events.ts';
import { noteForRoot } from '../../notification/note-for-root.ts';
import { flagOption } from '../../option/option-values.ts';
import { touch } from '../../relay-link/snapshot-changes.ts';
import { ChannelEvent } from './channel-event.entity.ts';
import { ChannelStatus } from '../channel.entity.ts';

export interface UselessCredential { channelId: number; credentialId: number; reason: string }

interface Parts { orm: MikroORM; clock: Clock; pubSub: Events; log: Logger }
interface Row { name: string; status: ChannelStatus; auto_ban: boolean }
type Switched = Pick<ChannelEvent, 'channelRow' | 'channelName' | 'status' | 'reason'> & { position: number | null };

const longestReason = 500;

export class ChannelStanding {
  constructor(private readonly parts: Parts) {}

  /** Only the credential, while the channel has others that are on; else the channel. Nothing, where the settings or the channel forbid it. */
  disableCredential({ channelId, credentialId, reason }: UselessCredential): Promise<boolean> {
    return this.decide(channelId, async (sql, { status }, at) => {
      if (status !== ChannelStatus.ENABLED || !(await this.mayDisable(sql, channelId))) return [];
      const all = await sql<{ id: number; position: number; status: ChannelStatus }>('select id, position, status from channel_credential where channel_id = $1', [channelId]);
      const bad = all.find(({ id }) => id === credentialId);
      if (bad?.status !== ChannelStatus.ENABLED) return [];
      if (all.length === 1) return [{ status: ChannelStatus.AUTO_DISABLED, reason, position: null }];
      await sql(`update channel_credential set status = 'AUTO_DISABLED', status_reason = $2, status_changed_at = $3 where id = $1`, [credentialId, reason.slice(0, longestReason), at]);
      const left = all.some((one) => one.id !== credentialId && one.status === ChannelStatus.ENABLED);
      const own = { status: ChannelStatus.AUTO_DISABLED, reason, position: bad.position };
      return left ? [own] : [own, { status: ChannelStatus.AUTO_DISABLED, reason: `The last credential was switched off: ${reason}`, position: null }];
    });
  }

  private async mayDisable(sql: Sql, channelId: number): Promise<boolean> {
    const [row] = await sql<Row>('select auto_ban from channel where id = $1', [channelId]);
    return row?.auto_ban === true && flagOption(sql, 'AutomaticDisableChannelEnabled');
  }

  /** @param rule what is to be switched; it runs with the channel locked, and may have switched a credential itself */
  private async decide(channelId: number, rule: (sql: Sql, row: Row, at: Date) => Promise<Omit<Switched, 'channelRow' | 'channelName'>[]>): Promise<boolean> {
    const { orm, clock, pubSub, log } = this.parts, at = clock.now();
    const events = await orm.em.fork().transactional(async (em) => {
      const sql = sqlOf(em), [row] = await sql<Row>('select name, status, auto_ban from channel where id = $1 for update', [channelId]);
      const switched = row ? await rule(sql, row, at) : [];
      if (!row || !switched.length) return [];
      for (const { position, status, reason } of switched) {
        if (position === null) await sql('update channel set status = $2, status_reason = $3, status_changed_at = $4 where id = $1', [channelId, status, reason.slice(0, longestReason), at]);
      }
      touch(em, 'channel', channelId);
      const made = switched.map((one) => em.create(ChannelEvent, { ...one, reason: one.reason.slice(0, longestReason), channelRow: channelId, channelName: row.name, at }));
      await em.persist(made).flush();
      for (const { channelName: name, status, reason } of made) await noteForRoot(sql, 'CHANNEL_UPDATE', { name, status, reason }, at);
      return made;
    });
    for (const { channelRow, channelName, position, status, reason } of events) {
      log.warn({ channelId: channelRow, position, status, reason }, 'channel switched by itself');
      pubSub.publish(channelSwitched, { channelId: channelRow, channelName, position: position ?? null, status, reason });
    }
    return events.length > 0;
  }
}
