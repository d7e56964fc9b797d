/**
 * Mails that must leave even when this process dies: written in the transaction of what they tell, sent at once by who wrote them,
 * and sent again by whichever instance finds one that is overdue. At least once: a death between the server's yes and our note of it
 * sends a mail twice.
 */
import { randomUUID } from 'node:crypto';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import type { SecretBox, SecretPlace } from '../../kernel/secret-box.ts';
import type { Mail, Mailer, MailFault } from './mailer.ts';

interface Waiting { id: string; mail: string; tries: number }

/** How long whoever has claimed a mail may take; afterwards they are held for dead. */
const claimMs = 60_000;
/** Rests after the first, second … try in seconds. After the last there is no more. */
const restSeconds = [15, 30, 60, 120, 240];
const atOnce = 20;

const place = (id: string): SecretPlace => ({ table: 'waiting_mail', row: id, column: 'mail' });

export class MailOutbox {
  constructor(private readonly orm: MikroORM, private readonly clock: Clock, private readonly box: SecretBox, private readonly mailer: Mailer) {}

  /**
   * In the transaction of `em`; the caller sends it by `send` after the commit.
   * @param mail undefined: nobody is to get one, and it takes as long (LIM-02)
   */
  async put(em: EntityManager, topic: string, mail: Mail | undefined, expiresAt: Date): Promise<string> {
    const id = randomUUID();
    await sqlOf(em)(`
      insert into waiting_mail (id, topic, mail, tries, next_try_at, expires_at) values ($1, $2, $3, 1, $4, $5)
      on conflict (topic) do update set id = excluded.id, mail = excluded.mail, tries = 1, next_try_at = excluded.next_try_at, expires_at = excluded.expires_at`,
    [id, topic, this.box.seal(JSON.stringify(mail ?? null), place(id)), new Date(this.clock.now().getTime() + claimMs), expiresAt]);
    return id;
  }

  /** The first try, by who has put it there. When it fails, others follow. */
  async send(id: string): Promise<MailFault | undefined> {
    const [waiting] = await this.sql()<Waiting>('select id, mail, tries from waiting_mail where id = $1', [id]);
    return waiting && this.try(waiting);
  }

  /** It is not to be sent any more. */
  async drop(id: string): Promise<void> {
    await this.sql()('delete from waiting_mail where id = $1', [id]);
  }

  /** One round over what is overdue, on whichever instance gets to it first. Gives how many there were. */
  async sendDue(): Promise<number> {
    const now = this.clock.now(), sql = this.sql();
    await sql('delete from waiting_mail where expires_at <= $1', [now]);
    const due = await sql<Waiting>(`
      update waiting_mail set tries = tries + 1, next_try_at = $2
      where id in (select id from waiting_mail where next_try_at <= $1 order by next_try_at limit ${atOnce} for update skip locked) returning id, mail, tries`,
    [now, new Date(now.getTime() + claimMs)]);
    await Promise.all(due.map((one) => this.try(one)));
    return due.length;
  }

  private async try({ id, mail: sealed, tries }: Waiting): Promise<MailFault | undefined> {
    const mail = JSON.parse(this.box.open(sealed, place(id))) as Mail | null, fault = mail ? await this.mailer.send(mail) : undefined;
    const rest = fault ? restSeconds[tries - 1] : undefined;
    if (rest === undefined) await this.drop(id);
    else await this.sql()('update waiting_mail set next_try_at = $2 where id = $1', [id, new Date(this.clock.now().getTime() + rest * 1_000)]);
    return fault;
  }

  private sql() { return sqlOf(this.orm.em.fork()); }
}
