import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { openMailSink, useMailSink, type MailSink } from '../../testing/mail-sink.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { SiteSecrets } from '../option/site-secrets.ts';
import { Mailer } from './mailer.ts';
import { mailOf } from './mail-texts.ts';
import { MailOutbox } from './outbox.ts';

let app: TestApp, sink: MailSink, sql: Sql;
beforeAll(async () => {
  [app, sink] = await Promise.all([startTestApp(), openMailSink()]);
  await useMailSink(app, sink);
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => Promise.all([app.stop(), sink.stop()]));
afterEach(async () => {
  sink.refuse(false);
  sink.mails.length = 0;
  await sql('delete from waiting_mail');
});

const minute = 60_000;

/** Another process that comes to the same table. */
function instance(): MailOutbox {
  const { orm, clock, secretBox } = app.base, log = pino({ level: 'silent' });
  return new MailOutbox(orm, clock, secretBox, new Mailer(orm, new SiteSecrets(secretBox), log));
}

const mail = (text: string) => mailOf('ann@example.com', 'A subject', [text]);
const put = (outbox: MailOutbox, text: string, topic = 'about ann') => outbox.put(app.base.orm.em.fork(), topic, mail(text), new Date(app.clock.now().getTime() + 10 * minute));
const waiting = async () => Number((await sql<{ count: string }>('select count(*) from waiting_mail'))[0]!.count);
const texts = () => sink.mails.map(({ text }) => text.trim());

describe('a mail in the outbox', () => {
  it('leaves at once, and is gone', async () => {
    const outbox = instance();
    expect(await outbox.send(await put(outbox, 'first'))).toBeUndefined();
    expect([texts(), await waiting()]).toEqual([['first'], 0]);
  });

  it('of a process that died is sent by another, once, when that one is held for dead', async () => {
    await put(instance(), 'left behind');
    expect(await instance().sendDue()).toBe(0);
    app.clock.advance(minute);
    expect((await Promise.all([instance().sendDue(), instance().sendDue(), instance().sendDue()])).reduce((sum, one) => sum + one)).toBe(1);
    expect([texts(), await waiting()]).toEqual([['left behind'], 0]);
  });

  it('that is not in a transaction that came through is not there', async () => {
    await expect(app.base.orm.em.fork().transactional(async (em) => {
      await instance().put(em, 'undone', mail('never'), new Date(app.clock.now().getTime() + minute));
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await waiting()).toBe(0);
  });

  it('is tried again at growing distances while the server refuses, and not after its time', async () => {
    const outbox = instance();
    sink.refuse(true);
    expect(await outbox.send(await put(outbox, 'late'))).toBe('mail_failed');
    for (const seconds of [15, 30, 60]) {
      app.clock.advance((seconds - 1) * 1_000);
      expect(await outbox.sendDue()).toBe(0);
      app.clock.advance(1_000);
      expect(await outbox.sendDue()).toBe(1);
    }
    sink.refuse(false);
    app.clock.advance(2 * minute);
    await outbox.sendDue();
    expect([texts(), await waiting()]).toEqual([['late'], 0]);
    sink.refuse(true);
    await outbox.send(await put(outbox, 'too late'));
    app.clock.advance(10 * minute);
    sink.refuse(false);
    expect([await outbox.sendDue(), await waiting(), texts()]).toEqual([0, 0, ['late']]);
  });

  it('is given up after the last try', async () => {
    const outbox = instance();
    sink.refuse(true);
    const id = await outbox.put(app.base.orm.em.fork(), 'for a long time', mail('never'), new Date(app.clock.now().getTime() + 100 * minute));
    await outbox.send(id);
    let rounds = 0;
    while (await waiting()) {
      app.clock.advance(5 * minute);
      rounds += await outbox.sendDue();
    }
    expect(rounds).toBe(5);
  });

  it('gives its place to a newer one about the same', async () => {
    const outbox = instance(), old = await put(outbox, 'an old code'), fresh = await put(outbox, 'a new code');
    expect(await outbox.send(old)).toBeUndefined();
    await outbox.send(fresh);
    expect(texts()).toEqual(['a new code']);
  });

  it('cannot be read in the table', async () => {
    await put(instance(), 'a secret code');
    expect(JSON.stringify(await sql('select * from waiting_mail'))).not.toContain('secret code');
  });
});

describe('a forgotten password', () => {
  it('is mailed although the server was away when it was asked for', async () => {
    const { username } = await app.user({ email: 'forgetful@example.com' }), outbox = instance();
    sink.refuse(true);
    const answer = await app.request({ method: 'GET', path: '/api/reset_password?email=forgetful@example.com', headers: { 'accept-language': 'en' } });
    expect([username.length > 0, JSON.parse(String(answer.body))]).toEqual([true, { success: true, message: '' }]);
    await eventually(async () => expect((await sql<{ away: boolean }>('select next_try_at < $1 as away from waiting_mail', [new Date(app.clock.now().getTime() + 16_000)]))[0]!.away).toBe(true));
    sink.refuse(false);
    app.clock.advance(15_000);
    await outbox.sendDue();
    expect(sink.mails.map(({ to }) => to)).toEqual(['forgetful@example.com']);
    expect(texts()[0]).toContain('/user/reset?email=forgetful');
  });

  it('of nobody waits and goes without a mail', async () => {
    await app.request({ method: 'GET', path: '/api/reset_password?email=nobody@example.com', address: '10.1.2.3' });
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(sink.mails).toEqual([]);
  });
});
