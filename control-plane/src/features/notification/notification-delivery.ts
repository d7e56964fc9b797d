/** Sends what is due, on whichever instance gets to it first; tries again for a day. */
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { NotificationKind, type DeliveryState } from './notification.entity.ts';
import type { NotificationSenders } from './notification-senders.ts';
import { notificationText, wireTypes } from './notification-text.ts';
import type { Recipients } from './recipients.ts';

interface Due { id: string; userId: number; kind: NotificationKind; facts: Record<string, string>; tries: number }

/** Rests after the first, second … failed try, in seconds. After the last there is no more. */
const restSeconds = [30, 120, 600, 3_600, 14_400, 28_800, 36_000];
const atOnce = 20, mostInWindow = 2, windowMinutes = 10, keptDays = 90;

const claimStatement = `
  update notification set tries = tries + 1, next_try_at = $1::timestamptz + interval '2 minutes'
  where id in (select id from notification where delivery = 'PENDING' and next_try_at <= $1 order by next_try_at limit ${atOnce} for update skip locked)
  returning id::text, user_id as "userId", kind, facts, tries`;

const recentStatement = `
  select count(*)::int as count from notification where user_id = $1 and kind = $2 and delivery = 'SENT' and sent_at > $3::timestamptz - interval '${windowMinutes} minutes'`;

export class NotificationDelivery {
  constructor(private readonly orm: MikroORM, private readonly clock: Clock, private readonly recipients: Recipients, private readonly senders: NotificationSenders) {}

  /** One round. A claimed row that a crash leaves behind is due again after two minutes. Gives how many were due. */
  async deliverDue(): Promise<number> {
    const em = this.orm.em.fork(), due = (await sqlOf(em)<Due>(claimStatement, [this.clock.now()])).sort((one, other) => Number(one.id) - Number(other.id));
    await Promise.all([...new Set(due.map(({ userId }) => userId))].map(async (user) => {
      // One after the other for each user, so that the limit counts the one before.
      for (const one of due.filter(({ userId }) => userId === user)) await this.deliver(this.orm.em.fork(), one);
    }));
    return due.length;
  }

  /** What was told a season ago interests nobody. */
  async forget(): Promise<void> {
    await sqlOf(this.orm.em.fork())(`delete from notification where created_at < $1::timestamptz - interval '${keptDays} days'`, [this.clock.now()]);
  }

  private async deliver(em: EntityManager, { id, userId, kind, facts, tries }: Due): Promise<void> {
    const found = await this.recipients.find(em, userId), now = this.clock.now();
    const [recent] = await sqlOf(em)<{ count: number }>(recentStatement, [userId, kind, now]);
    if (!found || recent!.count >= mostInWindow) return this.settle(em, id, 'SUPPRESSED');
    const { title, content } = notificationText(kind, facts, found.language);
    const sent = await this.senders.send(found.recipient, { type: wireTypes[kind], title, content, values: Object.values(facts), timestamp: Math.floor(now.getTime() / 1_000) });
    if (sent) return this.settle(em, id, 'SENT');
    const rest = restSeconds[tries - 1];
    if (rest === undefined) return this.settle(em, id, 'FAILED');
    await sqlOf(em)('update notification set next_try_at = $2 where id = $1', [id, new Date(now.getTime() + rest * 1_000)]);
  }

  private async settle(em: EntityManager, id: string, state: `${DeliveryState}`): Promise<void> {
    await sqlOf(em)(`update notification set delivery = $2, sent_at = case when $2 = 'SENT' then $3::timestamptz end where id = $1`, [id, state, this.clock.now()]);
  }
}
