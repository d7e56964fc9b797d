import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { openJsonServer, type JsonServer, type Told } from '../../testing/json-server.ts';
import { openMailSink, setOptions, useMailSink, type MailSink } from '../../testing/mail-sink.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { usageEvent } from '../../testing/usage-event.ts';
import { Egress } from '../egress/egress.ts';
import { namedRanges } from '../egress/named-ranges.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { Mailer } from '../mail/mailer.ts';
import { SiteSecrets } from '../option/site-secrets.ts';
import { Settlement } from '../usage/settlement.ts';
import { NotificationDelivery } from './notification-delivery.ts';
import { NotificationSenders, signWebhook } from './notification-senders.ts';
import { Recipients } from './recipients.ts';

let app: TestApp, sql: Sql, far: JsonServer, sink: MailSink, delivery: NotificationDelivery, serial = 0;
let told: Told | undefined;

beforeAll(async () => {
  [app, sink, far] = await Promise.all([startTestApp(), openMailSink(), openJsonServer(() => told ?? { body: {} })]);
  await useMailSink(app, sink);
  await setOptions(app, { 'notify.private_allowlist': `127.0.0.1/32:${far.port}`, QuotaRemindThreshold: '1000' });
  const { orm, secretBox, log, clock } = app.base;
  const senders = new NotificationSenders(new Mailer(orm, new SiteSecrets(secretBox), log), new Egress(namedRanges(orm, [])));
  delivery = new NotificationDelivery(orm, clock, new Recipients(secretBox), senders);
  sql = sqlOf(orm.em.fork());
});
afterAll(async () => {
  far.stop();
  await Promise.all([app.stop(), sink.stop()]);
});
beforeEach(async () => {
  told = undefined;
  far.asked.length = 0;
  sink.mails.length = 0;
  await sql('delete from notification');
});

const save = (caller: RestCaller, body: Data, headers?: Record<string, string>) => caller.call('PUT', '/api/user/setting', body, headers);
const settingOf = async (caller: RestCaller): Promise<Data> => JSON.parse((await caller.call('GET', '/api/user/self')).body.data.setting as string) as Data;

async function payer(balance: bigint, setting: Data = {}): Promise<RestCaller> {
  const caller = await restCaller(app, { email: `payer-${++serial}@example.com` });
  await new LedgerService(app.clock).credit(app.base.orm.em.fork(), { account: `user:${caller.principal.userId}`, counter: 'system:promo', kind: LedgerKind.GRANT, reference: `gift ${serial}`, amount: balance });
  if (Object.keys(setting).length > 0) expect((await save(caller, setting)).body).toEqual({ success: true, message: '' });
  return caller;
}
/** Settles charges of these amounts, one batch each. */
async function spend(caller: RestCaller, ...amounts: number[]): Promise<void> {
  const settlement = new Settlement(app.base.orm, app.clock), relayId = `relay-${++serial}`;
  for (const [index, amount] of amounts.entries()) {
    const usage = usageEvent({ chargeId: `${relayId}-${index}`, userId: caller.principal.userId, tokenId: 0, channelId: null, amount: String(amount), price: null });
    await settlement.settle([{ relayId, epoch: 1, sequence: index + 1, usage }]);
  }
}
const waiting = async (caller: RestCaller) => sql<Data>('select delivery, tries, facts from notification where user_id = $1 order by id', [caller.principal.userId]);
const hook = (over: Data = {}) => ({ notify_type: 'webhook', webhook_url: `${far.url}/hook`, ...over });

describe('settings', () => {
  it('are kept as they are saved, field by field, and secrets are never told', async () => {
    const caller = await restCaller(app);
    expect(await settingOf(caller)).toEqual({
      notify_type: 'email', webhook_url: '', webhook_secret: '', notification_email: '', bark_url: '', gotify_url: '', gotify_token: '', gotify_priority: 5,
      accept_unset_model_ratio_model: false, record_ip_log: false, sidebar_modules: '',
    });
    const given = { notify_type: 'webhook', quota_warning_threshold: 500_000, webhook_url: 'https://hooks.example/x', webhook_secret: 'whkey', notification_email: 'me@example.com', record_ip_log: true };
    expect(await save(caller, given)).toEqual({ status: 200, body: { success: true, message: '' } });
    expect(await save(caller, { webhook_secret: '', accept_unset_model_ratio_model: true })).toMatchObject({ body: { success: true } });
    expect(await settingOf(caller)).toMatchObject({ ...given, webhook_secret: '', accept_unset_model_ratio_model: true });
    expect(await sql(`select from snapshot_change where kind = 'user' and key = $1`, [String(caller.principal.userId)])).toHaveLength(1);
    const { data } = await app.query('{ viewer { notifySetting { channel hasWebhookSecret hasGotifyToken } } }', {}, caller.principal);
    expect(data!.viewer.notifySetting).toEqual({ channel: 'WEBHOOK', hasWebhookSecret: true, hasGotifyToken: false });
    const [row] = await sql<{ webhook_secret_envelope: string }>('select webhook_secret_envelope from notify_setting where user_id = $1', [caller.principal.userId]);
    expect(row!.webhook_secret_envelope).toMatch(/^w1\./);
  });

  it('tell administrators of models of providers, where they want that', async () => {
    const caller = await restCaller(app, { role: 10 });
    expect((await settingOf(caller)).upstream_model_update_notify_enabled).toBe(false);
    expect(await save(caller, { upstream_model_update_notify_enabled: true })).toMatchObject({ body: { success: true } });
    expect(await settingOf(caller)).toMatchObject({ upstream_model_update_notify_enabled: true, record_ip_log: false });
  });

  it('of others are nobody\'s business', async () => {
    const caller = await restCaller(app), admin = await app.user({ role: 10 });
    const { data } = await app.query('query ($id: ID!) { user(id: $id) { notifySetting { email } } }', { id: String(caller.principal.userId) }, admin);
    expect(data!.user.notifySetting).toBeNull();
  });

  it.each([
    { what: 'a threshold of zero', body: { quota_warning_threshold: 0 }, en: 'The threshold must be above zero', zh: '预警阈值必须大于 0' },
    { what: 'a webhook without address', body: { notify_type: 'webhook' }, en: 'The address to notify is missing or malformed', zh: '通知地址缺失或不正确' },
    { what: 'a webhook address that is none', body: { notify_type: 'webhook', webhook_url: 'ftp://x.example' }, en: 'The address to notify is missing or malformed', zh: '通知地址缺失或不正确' },
    { what: 'an address with a user name', body: { webhook_url: 'https://a:b@x.example' }, en: 'The address to notify is missing or malformed', zh: '通知地址缺失或不正确' },
    { what: 'Bark without address', body: { notify_type: 'bark' }, en: 'The address to notify is missing or malformed', zh: '通知地址缺失或不正确' },
    { what: 'Gotify without token', body: { notify_type: 'gotify', gotify_url: 'https://gotify.example' }, en: 'Gotify needs a token', zh: '请填写 Gotify 令牌' },
    { what: 'a mail address that is none', body: { notification_email: 'nobody' }, en: 'This is not an e-mail address', zh: '邮箱格式不正确' },
  ])('refuse $what', async ({ body, en, zh }) => {
    const caller = await restCaller(app);
    expect(await save(caller, body)).toMatchObject({ status: 200, body: { success: false, message: en } });
    expect((await save(caller, body, { 'accept-language': 'zh' })).body.message).toBe(zh);
    expect(await settingOf(caller)).toMatchObject({ notify_type: 'email', webhook_url: '' });
  });

  it('refuse an unknown type, and put a priority out of range to 5', async () => {
    const caller = await restCaller(app);
    expect((await save(caller, { notify_type: 'pigeon' })).body.success).toBe(false);
    await save(caller, { gotify_priority: 11 });
    expect((await settingOf(caller)).gotify_priority).toBe(5);
    await save(caller, { gotify_priority: 0 });
    expect((await settingOf(caller)).gotify_priority).toBe(0);
  });
});

describe('a falling balance', () => {
  it('is noted once for each fall below the threshold', async () => {
    const caller = await payer(3_000n);
    await spend(caller, 1_500, 501, 100, 10);
    expect(await waiting(caller)).toEqual([{ delivery: 'PENDING', tries: 0, facts: { balance: '999', threshold: '1000' } }]);
    await new LedgerService(app.clock).credit(app.base.orm.em.fork(), { account: `user:${caller.principal.userId}`, counter: 'system:promo', kind: LedgerKind.GRANT, reference: `more ${serial}`, amount: 1_000n });
    await spend(caller, 889, 1);
    expect(await waiting(caller)).toHaveLength(2);
  });

  it('is noted for who names a threshold above it, and once a day for who goes on spending', async () => {
    const caller = await payer(5_000n);
    await spend(caller, 100);
    await save(caller, { quota_warning_threshold: 9_000 });
    await spend(caller, 100, 100);
    expect(await waiting(caller)).toMatchObject([{ facts: { balance: '4800', threshold: '9000' } }]);
    app.clock.advance(25 * 3_600_000);
    await spend(caller, 100);
    expect(await waiting(caller)).toHaveLength(2);
  });

  it('is measured at the user\'s own threshold, and by the site\'s for others', async () => {
    const [own, site] = [await payer(5_000n, { quota_warning_threshold: 4_000 }), await payer(5_000n)];
    await spend(own, 1_001);
    await spend(site, 1_001);
    expect([await waiting(own), await waiting(site)]).toMatchObject([[{ facts: { balance: '3999', threshold: '4000' } }], []]);
  });

  it('is noted once however often the relay reports it', async () => {
    const caller = await payer(1_500n), settlement = new Settlement(app.base.orm, app.clock);
    const usage = usageEvent({ chargeId: `again-${++serial}`, userId: caller.principal.userId, tokenId: 0, channelId: null, amount: '600', price: null });
    for (let reports = 0; reports < 3; reports++) await settlement.settle([{ relayId: `again-${serial}`, epoch: 1, sequence: 1, usage }]);
    expect(await waiting(caller)).toHaveLength(1);
  });
});

describe('delivery', () => {
  it('by mail goes to the account, or to the address of the settings', async () => {
    const [plain, own] = [await payer(1_500n), await payer(1_500n, { notification_email: 'elsewhere@example.com' })];
    await spend(plain, 600);
    await spend(own, 600);
    await delivery.deliverDue();
    expect(sink.mails.map(({ to, subject }) => [to, subject]).sort(([one], [other]) => (one! < other! ? -1 : 1))).toEqual([
      ['elsewhere@example.com', 'Your quota is running low'], [`payer-${serial - 3}@example.com`, '您的额度即将用尽'],
    ].sort(([one], [other]) => (one! < other! ? -1 : 1)));
    expect(await waiting(plain)).toMatchObject([{ delivery: 'SENT' }]);
    expect(await delivery.deliverDue()).toBe(0);
  });

  it('by webhook is signed over its bytes', async () => {
    const caller = await payer(1_500n, hook({ webhook_secret: 'whkey' }));
    await spend(caller, 600);
    await delivery.deliverDue();
    const [{ method, path, headers, body }] = far.asked as [JsonServer['asked'][number]];
    expect([method, path, headers['x-webhook-signature']]).toEqual(['POST', '/hook', signWebhook('whkey', body)]);
    expect(JSON.parse(body)).toEqual({ type: 'quota_exceed', title: 'Your quota is running low', content: expect.stringContaining('900 quota units are left') as string, values: ['900', '1000'], timestamp: Math.floor(app.clock.now().getTime() / 1_000) });
    expect(signWebhook('whkey', '{"type":"quota_exceed","title":"t","content":"c","values":null,"timestamp":1700000000}')).toBe('e7421fd65f3e0359f07b139fb2ef15942d0b25432f6dbbe4372c84a177fd45ff');
  });

  it('by Bark fills the address, by Gotify posts a message', async () => {
    const [bark, gotify] = [await payer(1_500n, { notify_type: 'bark', bark_url: `${far.url}/key/{{title}}/{{content}}` }), await payer(1_500n, { notify_type: 'gotify', gotify_url: `${far.url}/`, gotify_token: 'gtoken', gotify_priority: 8 })];
    await spend(bark, 600);
    await delivery.deliverDue();
    expect([far.asked[0]!.method, decodeURIComponent(far.asked[0]!.path)]).toEqual(['GET', expect.stringMatching(/^\/key\/Your quota is running low\/900 quota/) as string]);
    await spend(gotify, 600);
    await delivery.deliverDue();
    const [, { path, headers, body }] = far.asked as [unknown, JsonServer['asked'][number]];
    expect([path, headers['x-gotify-key'], JSON.parse(body)]).toMatchObject(['/message', 'gtoken', { title: 'Your quota is running low', priority: 8 }]);
  });

  it('is tried again with growing rests, and given up after a day', async () => {
    const caller = await payer(1_500n, hook());
    told = { status: 500, body: 'secret of the other side' };
    await spend(caller, 600);
    await delivery.deliverDue();
    expect([await waiting(caller), await delivery.deliverDue()]).toMatchObject([[{ delivery: 'PENDING', tries: 1 }], 0]);
    app.clock.advance(30_000);
    told = undefined;
    await delivery.deliverDue();
    expect(await waiting(caller)).toMatchObject([{ delivery: 'SENT', tries: 2 }]);
    told = { status: 302, headers: { location: '/elsewhere' } };
    await spend(await payer(1_500n, hook()), 600);
    for (let hours = 0; hours < 40; hours++) { await delivery.deliverDue(); app.clock.advance(3_600_000); }
    expect(await sql('select delivery, tries from notification order by id desc limit 1')).toEqual([{ delivery: 'FAILED', tries: 8 }]);
  });

  it('goes out once when several instances look', async () => {
    const caller = await payer(1_500n, hook());
    await spend(caller, 600);
    await Promise.all(Array.from({ length: 4 }, () => delivery.deliverDue()));
    expect(far.asked).toHaveLength(1);
  });

  it('sends two of a kind in ten minutes, and suppresses more', async () => {
    const caller = await payer(1_500n, hook()), { userId } = caller.principal;
    await sql(`insert into notification (user_id, kind, facts, created_at, next_try_at) select $1, 'QUOTA_LOW', '{"balance":"1","threshold":"2"}', $2, $2 from generate_series(1, 4)`, [userId, app.clock.now()]);
    await delivery.deliverDue();
    expect((await waiting(caller)).map((row) => row.delivery)).toEqual(['SENT', 'SENT', 'SUPPRESSED', 'SUPPRESSED']);
    app.clock.advance(600_000);
    await sql(`insert into notification (user_id, kind, facts, created_at, next_try_at) values ($1, 'QUOTA_LOW', '{}', $2, $2)`, [userId, app.clock.now()]);
    await delivery.deliverDue();
    expect(far.asked).toHaveLength(3);
  });

  it('reaches no private address that the operator has not named', async () => {
    const caller = await payer(1_500n, { notify_type: 'webhook', webhook_url: `http://localhost.:${far.port}/hook` });
    await spend(caller, 600);
    await save(caller, { webhook_url: `http://[::1]:${far.port}/hook` });
    await delivery.deliverDue();
    expect([far.asked, await waiting(caller)]).toMatchObject([[], [{ delivery: 'PENDING', tries: 1 }]]);
  });

  it('is forgotten after a season', async () => {
    const caller = await payer(1_500n);
    await spend(caller, 600);
    app.clock.advance(90 * 24 * 3_600_000);
    await delivery.forget();
    expect(await waiting(caller)).toHaveLength(1);
    app.clock.advance(1);
    await delivery.forget();
    expect(await waiting(caller)).toEqual([]);
  });

  it('to an account that is gone does not happen', async () => {
    const caller = await payer(1_500n, hook());
    await spend(caller, 600);
    await sql('update user_account set deleted_at = now() where id = $1', [caller.principal.userId]);
    await delivery.deliverDue();
    expect([far.asked, await waiting(caller)]).toMatchObject([[], [{ delivery: 'SUPPRESSED' }]]);
  });
});

describe('the console', () => {
  it('lists what the caller was told, in their language, and forgets what is read', async () => {
    const [caller, other] = [await payer(1_500n), await payer(1_500n)];
    await spend(caller, 600);
    await spend(other, 600);
    const list = async (unreadOnly: boolean) => (await app.query('query ($unreadOnly: Boolean) { viewer { notifications(unreadOnly: $unreadOnly) { nodes { id kind title body readAt delivery } totalCount { value } } } }', { unreadOnly }, caller.principal)).data!.viewer.notifications;
    const { nodes } = await list(true);
    expect(nodes).toEqual([{ id: expect.stringMatching(/^ntf_\d+$/) as string, kind: 'QUOTA_LOW', title: 'Your quota is running low', body: expect.stringContaining('900') as string, readAt: null, delivery: 'PENDING' }]);
    const mark = 'mutation ($ids: [ID!]) { notificationsMarkRead(ids: $ids) { ok } }';
    await app.query(mark, { ids: [nodes[0].id] }, other.principal);
    expect((await list(true)).nodes).toHaveLength(1);
    await app.query(mark, { ids: [nodes[0].id] }, caller.principal);
    expect([(await list(true)).nodes, (await list(false)).nodes.length]).toEqual([[], 1]);
    await app.query(mark, {}, other.principal);
    expect(await sql('select from notification where read_at is null')).toEqual([]);
  });

  it('sends a test, five times in ten minutes', async () => {
    const caller = await payer(1_500n, hook()), test = () => app.query('mutation { notificationTest { ok userErrors { code message } } }', {}, caller.principal);
    expect((await test()).data!.notificationTest).toEqual({ ok: true, userErrors: [] });
    expect(JSON.parse(far.asked[0]!.body)).toMatchObject({ type: 'test', values: null });
    told = { status: 404, body: 'internal detail' };
    expect((await test()).data!.notificationTest).toEqual({ ok: false, userErrors: [{ code: 'UPSTREAM_FAILED', message: 'The notification did not arrive: check the settings' }] });
    for (let tries = 0; tries < 3; tries++) await test();
    expect((await test()).errors![0]!.extensions!.code).toBe('THROTTLED');
  });
});
