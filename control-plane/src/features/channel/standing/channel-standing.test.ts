import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { MessageSeal } from '../../relay-link/message-seal.ts';
import { ChannelStanding } from './channel-standing.ts';
import { CredentialReports } from './credential-reports.ts';

let app: TestApp, sql: Sql, admin: Principal, root: Principal, standing: ChannelStanding;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [admin, root] = [await app.user({ role: 10 }), await app.user({ role: 100 })];
  const { orm, pubSub, log } = app.base;
  standing = new ChannelStanding({ orm, clock: app.clock, pubSub, log });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await sql('delete from channel_event');
  await sql('delete from notification');
  await sql('delete from channel');
  await sql('delete from snapshot_change');
  await sql('delete from site_option');
  await sql(`insert into channel (id, name, type, models, group_names, created_at) values (1, 'one', 1, '{m}', '{default}', now()), (2, 'several', 1, '{m}', '{default}', now())`);
  await sql(`insert into channel_credential (id, channel_id, position, secret, masked, status, created_at) values (10, 1, 0, 's', '', 'ENABLED', now()), (20, 2, 0, 's', '', 'ENABLED', now()), (21, 2, 1, 's', '', 'ENABLED', now())`);
});

const allow = (...keys: string[]) => sql(`insert into site_option (key, value, updated_at) select k, 'true', now() from unnest($1::text[]) k`, [keys]);
const disabling = () => allow('AutomaticDisableChannelEnabled');
const stateOf = async (channel: number): Promise<unknown[]> => {
  const [row] = await sql<{ status: string; reason: string | null }>('select status, status_reason as reason from channel where id = $1', [channel]);
  const credentials = await sql<{ status: string }>('select status from channel_credential where channel_id = $1 order by position', [channel]);
  return [row!.status, row!.reason, ...credentials.map(({ status }) => status)];
};
const report = (channelId: number, credentialId: number) => standing.disableCredential({ channelId, credentialId, reason: 'status_code=401, revoked' });

it('the only credential takes its channel along, and relays hear of it', async () => {
  await disabling();
  expect(await report(1, 10)).toBe(true);
  expect(await stateOf(1)).toEqual(['AUTO_DISABLED', 'status_code=401, revoked', 'ENABLED']);
  expect(await sql(`select kind, key from snapshot_change`)).toEqual([{ kind: 'channel', key: '1' }]);
  expect(await sql('select user_id as "user", kind, facts from notification')).toEqual([{ user: root.userId, kind: 'CHANNEL_UPDATE', facts: { name: 'one', status: 'AUTO_DISABLED', reason: 'status_code=401, revoked' } }]);
});

it('one of several goes alone; with the last one goes the channel', async () => {
  await disabling();
  await report(2, 20);
  expect(await stateOf(2)).toEqual(['ENABLED', null, 'AUTO_DISABLED', 'ENABLED']);
  await report(2, 21);
  expect(await stateOf(2)).toEqual(['AUTO_DISABLED', 'The last credential was switched off: status_code=401, revoked', 'AUTO_DISABLED', 'AUTO_DISABLED']);
  const { data } = await app.query('{ channelEvents(channelId: "ch_2") { nodes { channelName position status reason } } }', {}, admin);
  expect(data!.channelEvents.nodes.map(({ position, status }: Data) => [position, status])).toEqual([[null, 'AUTO_DISABLED'], [1, 'AUTO_DISABLED'], [0, 'AUTO_DISABLED']]);
});

it('many reports at once make one decision and one event', async () => {
  await disabling();
  const decided = await Promise.all(Array.from({ length: 8 }, () => report(2, 20)));
  expect(decided.filter(Boolean)).toHaveLength(1);
  expect(await sql('select count(*)::int as events from channel_event')).toEqual([{ events: 1 }]);
});

it.each([
  { name: 'the setting is off', prepare: async () => { /* as it is */ } },
  { name: 'the channel must not be switched off', prepare: async () => { await disabling(); await sql('update channel set auto_ban = false'); } },
  { name: 'a person has switched it off', prepare: async () => { await disabling(); await sql(`update channel set status = 'DISABLED'`); } },
  { name: 'the credential was replaced', prepare: async () => { await disabling(); await sql('delete from channel_credential where id = 10'); } },
])('nothing happens when $name', async ({ prepare }) => {
  await prepare();
  expect([await report(1, 10), await sql('select 1 from channel_event')]).toEqual([false, []]);
});

it('what relays report is heard over Redis', async () => {
  await disabling();
  const { redis, log } = app.base, seal = new MessageSeal(randomBytes(32)), reports = new CredentialReports({ redis, seal, standing, log });
  reports.start();
  const body = JSON.stringify({ channelId: 1, credentialId: 10, status: 401, reason: 'status_code=401, revoked', at: app.clock.now().getTime() });
  await redis.xadd('weir:reports', '*', 'body', body, 'mac', seal.mac(`weir:reports\n${body}`));
  await eventually(async () => { expect((await stateOf(1))[0]).toBe('AUTO_DISABLED'); });
  await reports.stop();
});

it('events are for who may read channels', async () => {
  expect((await app.query('{ channelEvents { nodes { reason } } }', {}, await app.user())).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
