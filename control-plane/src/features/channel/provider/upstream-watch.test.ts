import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { providerRooms, type ProviderRooms } from '../../../server/provider-rooms.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { JobQueue } from '../../job/job-queue.ts';
import { JobRunner } from '../../job/job-runner.ts';
import { JobTable } from '../../job/job-table.ts';
import { notificationText } from '../../notification/notification-text.ts';
import { NotificationKind } from '../../notification/notification.entity.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';
import { upstreamDetectJob } from './upstream-detect.job.ts';
import { detectIfDue } from './upstream-schedule.ts';

let app: TestApp, sql: Sql, rooms: ProviderRooms, admin: Principal, asked: string[] = [];
/** What the providers list, by the credential of the channel. */
let listed: Record<string, string[] | undefined> = {};

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  admin = await app.user({ role: 10 });
  // The far end: what a relay would answer.
  rooms = providerRooms(app.base, async (_, { secret }) => {
    asked.push(secret);
    const models = listed[secret];
    return models ? { nonce: 'n', ok: true, durationMs: 5, models } : { nonce: 'n', ok: false, durationMs: 5, models: [], failure: 'do_request_failed' };
  });
});
afterAll(() => app.stop());
beforeEach(async () => {
  asked = [];
  for (const table of ['job', 'notification', 'channel', 'snapshot_change', 'notify_setting']) await sql(`delete from ${table}`);
});

const check = { upstream_model_update_check_enabled: true };
async function add(name: string, settings: Data, over: Data = {}): Promise<number> {
  const { data } = await app.query('mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { channels { legacyId } userErrors { message path } } }',
    { input: { name, type: 1, credentials: [name], models: ['a', 'b'], groups: ['default'], extras: { settings: JSON.stringify(settings) }, ...over } }, admin);
  expect(data!.channelCreate.userErrors).toEqual([]);
  return Number(data!.channelCreate.channels[0].legacyId);
}
const due = () => detectIfDue(app.base.orm.em.fork(), new JobQueue(app.base.pubSub, app.clock), app.clock);
/** One turn of the clock, and the run that it begins. */
async function turn(): Promise<string> {
  app.clock.advance(30 * 60_000);
  expect(await due()).toBe(true);
  const { orm, pubSub, log } = app.base, [{ id }] = await sql<{ id: number }>('select max(id)::int as id from job') as [{ id: number }];
  await new JobRunner({ table: new JobTable(orm), kinds: [upstreamDetectJob(rooms.fetch)], events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() }).runHere(id, 10_000);
  const [job] = await sql<{ status: string; message: string }>('select status, message from job where id = $1', [id]);
  expect(job?.status).toBe('SUCCEEDED');
  return job!.message;
}
const row = (id: number) => app.base.orm.em.fork().findOneOrFail(Channel, id);
const news = async (): Promise<Data[]> => (await sql<{ facts: Data }>(`select facts from notification where kind = 'UPSTREAM_MODELS' order by id`)).map(({ facts }) => facts);
const wantsNews = (userId: unknown) => sql(`insert into notify_setting (user_id, version, upstream_model_updates) values ($1, 1, true)`, [userId]);

it('asks for channels that want it, once in the time that the operator sets, and for nobody else', async () => {
  await add('silent', {});
  expect(await due()).toBe(false);
  await add('watched', check);
  const off = await add('off', check);
  await sql(`update channel set status = $2 where id = $1`, [off, ChannelStatus.DISABLED]);
  listed = { watched: ['a', 'b'] };
  expect(await turn()).toBe('1 told, 0 not');
  expect(asked).toEqual(['watched']);
  expect(await due()).toBe(false);
  await sql(`insert into site_option (key, value, updated_at) values ('monitor_setting.upstream_model_update_minutes', '0', now())`);
  app.clock.advance(24 * 60 * 60_000);
  expect(await due()).toBe(false);
  await sql('delete from site_option');
});

it('tells administrators who want to hear of it what is new, once, and again when it comes back', async () => {
  await wantsNews(admin.userId);
  await wantsNews((await app.user({ role: 1 })).userId);
  await app.user({ role: 100 });
  await add('one', { ...check, upstream_model_update_ignored_models: ['never'] });
  await add('two', check);
  listed = { one: ['a', 'b', 'new', 'never'], two: ['a'] };
  expect(await turn()).toBe('2 told, 0 not; something new for 2');
  expect(await news()).toEqual([{ channels: '2', added: '1', removed: '1', list: 'one: + new\ntwo: − b' }]);
  expect(await turn()).toBe('2 told, 0 not');
  listed = { ...listed, two: ['a', 'b'] };
  await turn();
  expect(await news()).toHaveLength(1);
  listed = { ...listed, two: ['a'] };
  await turn();
  expect((await news()).at(-1)).toMatchObject({ channels: '1', list: 'two: − b' });
});

it('goes on where a provider fails, and changes no channel', async () => {
  await wantsNews(admin.userId);
  const failing = await add('failing', check), good = await add('good', check);
  listed = { good: ['a', 'c'] };
  expect(await turn()).toBe('1 told, 1 not; something new for 1');
  expect([await row(failing), await row(good)]).toMatchObject([{ models: ['a', 'b'], version: 1 }, { models: ['a', 'b'], version: 1 }]);
});

it('a run that people begin tells them itself', async () => {
  await wantsNews(admin.userId);
  await add('watched', check);
  listed = { watched: ['a', 'b', 'c'] };
  const { data } = await app.query('mutation { channelUpstreamDetect { job { id } userErrors { code } } }', {}, admin), { orm, pubSub, log } = app.base;
  await new JobRunner({ table: new JobTable(orm), kinds: [upstreamDetectJob(rooms.fetch)], events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() }).runHere(Number(data!.channelUpstreamDetect.job.id.slice(4)), 10_000);
  expect(await news()).toEqual([]);
});

it('refuses switches of another form, and takes what others noted of their last look', async () => {
  const refusals = async (settings: Data) => (await app.query('mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { userErrors { code path } } }',
    { input: { name: 'x', type: 1, credentials: ['x'], models: ['a'], groups: ['default'], extras: { settings: JSON.stringify(settings) } } }, admin)).data!.channelCreate.userErrors;
  expect(await refusals({ upstream_model_update_check_enabled: 'yes' })).toEqual([{ code: 'INVALID', path: ['input', 'extras', 'settings'] }]);
  expect(await refusals({ ...check, upstream_model_update_auto_sync_enabled: true })).toEqual([{ code: 'UNSUPPORTED', path: ['input', 'extras', 'settings'] }]);
  expect(await refusals({ ...check, upstream_model_update_auto_sync_enabled: false, upstream_model_update_last_check_time: 5, upstream_model_update_last_detected_models: ['m'] })).toEqual([]);
});

it.each(['en', 'zh'] as const)('says it in words (%s)', (language) => {
  const { title, content } = notificationText(NotificationKind.UPSTREAM_MODELS, { channels: '2', added: '3', removed: '4', list: 'one: + new' }, language);
  expect(title).not.toBe('');
  for (const word of ['2', '3', '4', 'one: + new']) expect(content).toContain(word);
});
