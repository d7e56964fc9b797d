import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { restCaller } from '../../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { JobRunner } from '../../job/job-runner.ts';
import { JobTable } from '../../job/job-table.ts';
import type { ChannelProbeResult } from '../../relay-link/wire/lease.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';
import { JobQueue } from '../../job/job-queue.ts';
import { testIfDue } from './test-schedule.ts';
import { channelTestJob } from './channel-test.job.ts';

let app: TestApp, sql: Sql, admin: Principal, root: Principal;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [admin, root] = [await app.user({ role: 10 }), await app.user({ role: 100 })];
});
afterAll(() => app.stop());
beforeEach(async () => {
  await sql('delete from job');
  await sql('delete from notification');
  await sql('delete from channel');
  const em = app.base.orm.em.fork();
  for (let id = 1; id <= 20; id++) em.persist(em.create(Channel, { id, name: `c${id}`, type: 1, models: ['m'], groups: ['default'], createdAt: app.clock.now(), ...(id === 5 && { status: ChannelStatus.DISABLED }), ...(id === 6 && { status: ChannelStatus.AUTO_DISABLED }) }));
  await em.flush();
});

const begin = async (argument = '', as = admin): Promise<Data> => (await app.query(`mutation { channelTestMany${argument} { job { id kind status } userErrors { code message path } } }`, {}, as)).data!.channelTestMany;
async function run(id: string, probe: (channel: number) => Partial<ChannelProbeResult> | undefined): Promise<Data> {
  const answer = async (channel: number) => { const given = probe(channel); return given && { nonce: 'n', ok: true, durationMs: 100, ...given }; };
  const { orm, pubSub, log } = app.base;
  const runner = new JobRunner({ table: new JobTable(orm), kinds: [channelTestJob(answer)], events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() });
  await runner.runHere(Number(id.slice(4)), 10_000);
  return (await app.query(`{ job(id: "${id}") { status total done failed message results(first: 100) { nodes { subject ok message } } } }`, {}, admin)).data!.job;
}

describe('the schedule', () => {
  const due = () => testIfDue(app.base.orm.em.fork(), new JobQueue(app.base.pubSub, app.clock), app.clock);

  it('begins a run each time it is due, once', async () => {
    expect(await due()).toBe(false);
    await sql(`insert into site_option (key, value, updated_at) values ('monitor_setting.auto_test_channel_enabled', 'true', now()), ('monitor_setting.channel_test_mode', 'passive_recovery', now())`);
    expect([await due(), await due()]).toEqual([true, false]);
    const [job] = await sql<{ id: number; input: unknown }>('select id, input from job');
    expect(await run(`job_${job!.id}`, () => ({}))).toMatchObject({ total: 1, results: { nodes: [{ subject: 'ch_6' }] } });
    app.clock.advance(9 * 60_000);
    expect(await due()).toBe(false);
    app.clock.advance(60_000);
    expect(await due()).toBe(true);
    await sql('delete from site_option');
  });
});

describe('testing many channels', () => {
  it('tries all that no person has switched off', async () => {
    const { job } = await begin();
    const done = await run(job.id, (channel) => (channel === 7 ? { ok: false, failure: 'upstream_unauthorized', detail: 'bad key' } : {}));
    expect(done).toMatchObject({ status: 'SUCCEEDED', total: 19, done: 19, failed: 1, message: '18 passed, 1 failed, 0 switched' });
    expect(done.results.nodes.filter(({ ok }: Data) => !ok)).toEqual([{ subject: 'ch_7', ok: false, message: 'upstream_unauthorized: bad key' }]);
    expect(await sql('select count(*)::int as tested from channel where tested_at is not null')).toEqual([{ tested: 19 }]);
  });

  it('tries those that are named, also one that is off', async () => {
    const { job } = await begin('(ids: ["ch_5", "ch_9"])');
    expect((await run(job.id, () => ({}))).results.nodes.map(({ subject }: Data) => subject)).toEqual(['ch_5', 'ch_9']);
  });

  it('goes on after the last one of a run that broke off', async () => {
    const { job } = await begin();
    await sql(`update job set state = '{"after": 18, "passed": 10, "failed": 7, "switched": 0}', done = 17, total = 19`);
    expect(await run(job.id, () => ({}))).toMatchObject({ done: 19, message: '12 passed, 7 failed, 0 switched' });
  });

  it('switches channels off and on as the options say', async () => {
    await sql(`insert into site_option (key, value, updated_at) values ('AutomaticDisableChannelEnabled', 'true', now()), ('AutomaticEnableChannelEnabled', 'true', now())`);
    const { job } = await begin();
    const done = await run(job.id, (channel) => (channel === 7 ? { ok: false, status: 401, failure: 'upstream_unauthorized' } : {}));
    expect(done).toMatchObject({ message: '18 passed, 1 failed, 2 switched' });
    // Root hears of each channel, and of the end, since somebody had asked for it.
    expect(await sql('select kind, facts from notification where user_id = $1 order by kind, facts->>\'name\'', [root.userId])).toEqual([
      { kind: 'CHANNEL_TEST', facts: { passed: '18', failed: '1', switched: '2' } }, { kind: 'CHANNEL_UPDATE', facts: { name: 'c6', status: 'ENABLED', reason: 'A test succeeded' } },
      { kind: 'CHANNEL_UPDATE', facts: { name: 'c7', status: 'AUTO_DISABLED', reason: expect.any(String) as string } },
    ]);
    expect(await sql('select id, status, status_reason, version from channel where id in (5, 6, 7) order by id')).toEqual([
      { id: 5, status: 'DISABLED', status_reason: null, version: 1 }, { id: 6, status: 'ENABLED', status_reason: null, version: 1 }, { id: 7, status: 'AUTO_DISABLED', status_reason: 'upstream_unauthorized', version: 1 },
    ]);
    expect(await sql(`select key from snapshot_change where kind = 'channel' order by key`)).toEqual([{ key: '6' }, { key: '7' }]);
    await sql('delete from site_option');
  });

  it('fails when no relay answers', async () => {
    expect(await run((await begin()).job.id, () => undefined)).toMatchObject({ status: 'FAILED', message: 'No relay answered' });
  });

  it('is one at a time', async () => {
    await begin();
    expect(await begin()).toEqual({ job: null, userErrors: [{ code: 'CONFLICT', message: 'A test is already running', path: null }] });
  });

  it.each(['(ids: [])', `(ids: ${JSON.stringify(Array.from({ length: 1_001 }, (_, index) => String(index + 1)))})`])('refuses no ids and too many', async (argument) => {
    expect((await begin(argument)).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['ids'] }]);
  });

  it('answers over REST as new-api clients know it', async () => {
    const rest = await restCaller(app, { role: 10 });
    expect(await rest.call('GET', '/api/channel/test')).toEqual({ status: 200, body: { success: true, message: 'Testing all channels' } });
    expect((await rest.call('GET', '/api/channel/test', undefined, { 'accept-language': 'zh' })).body).toEqual({ success: false, message: '测试任务正在运行', code: 'channel_test_running' });
    expect((await (await restCaller(app)).call('GET', '/api/channel/test')).status).toBe(403);
  });
});
