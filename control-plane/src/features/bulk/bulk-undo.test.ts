import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { channelBulk } from '../channel/bulk/channel-bulk.job.ts';
import { JobRunner } from '../job/job-runner.ts';
import { JobTable } from '../job/job-table.ts';
import { redemptionBulk } from '../redemption/redemption-bulk.ts';
import { beginSession } from '../session/session-store.ts';
import { tokenBulk } from '../token/token-bulk.ts';
import { userBulk } from '../user/user-bulk.ts';
import { bulkJobs } from './bulk-job.ts';
import { forgetBulks } from './bulk-undo.service.ts';

let app: TestApp, sql: Sql, admin: Principal, root: Principal, me: Principal, other: Principal;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [admin, root, me, other] = [await app.user({ role: 10 }), await app.user({ role: 100 }), await app.user(), await app.user()];
});
afterAll(() => app.stop());

const run = async (call: string, selection: string, as: Principal): Promise<Data> => {
  const { data, errors } = await app.query(`mutation { ${call} { ${selection} userErrors { code path } } }`, {}, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0] as Data;
};
const bulk = (call: string, as = admin) => run(call, 'jobId matched results { ok }', as);
const told = async (id: string, as: Principal): Promise<Data> =>
  (await app.query('query ($id: ID!) { job(id: $id) { kind status done total failed message undoUntil results { nodes { subject message } } } }', { id }, as)).data!.job as Data;

async function work(id: string): Promise<void> {
  const { orm, pubSub, log } = app.base, kinds = [...bulkJobs(channelBulk), ...bulkJobs(tokenBulk), ...bulkJobs(userBulk(pubSub)), ...bulkJobs(redemptionBulk)];
  await new JobRunner({ table: new JobTable(orm), kinds, events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() }).runHere(Number(id.slice(4)), 60_000);
}
/** Takes a bulk back and gives the outcome, or the refusals. */
async function undo(kind: string, jobId: string, as = admin): Promise<unknown> {
  const { job, userErrors } = await run(`${kind}BulkUndo(jobId: "${jobId}")`, 'job { id }', as);
  if (!job) return userErrors;
  await work(job.id);
  const { message, failed, results } = await told(job.id, as);
  return { message, failed, left: results.nodes };
}

async function channels(count: number): Promise<string[]> {
  const made = await sql<{ id: number }>(`insert into channel (name, type, tag, priority, weight, status, status_reason, models, group_names, extras, created_at)
    select 'c', 1, case when n % 2 = 0 then 'even' end, n % 3, n % 5, case when n % 2 = 0 then 'ENABLED' else 'AUTO_DISABLED' end, case when n % 2 = 1 then '401' end, '{m}', '{default}', '{"paramOverride": "{}"}', now()
    from generate_series(1, $1::int) as n returning id`, [count]);
  return made.map(({ id }) => `ch_${id}`);
}
const rowsOf = (ids: readonly string[]) => sql('select id, tag, priority, weight, status, status_reason, models, group_names, model_mapping, extras, auto_ban from channel where id = any($1) order by id', [ids.map((id) => Number(id.slice(3)))]);
const list = (ids: readonly string[]) => `ids: ${JSON.stringify(ids)}`;

describe('a bulk of channels', () => {
  it('goes back to what each row held, and relays are told', async () => {
    const ids = await channels(6), before = await rowsOf(ids);
    const { jobId } = await bulk(`channelBulkUpdate(${list(ids)}, input: { tag: "new", priority: 9, weight: 9, status: DISABLED, groups: ["default"], autoBan: false })`);
    expect(await told(jobId, admin)).toMatchObject({ kind: 'channel-bulk', status: 'SUCCEEDED', done: 6, total: 6, message: '6 of 6 changed', undoUntil: '2026-11-21T12:00:00.000Z' });
    await sql('delete from snapshot_change');
    expect(await undo('channel', jobId)).toEqual({ message: '6 put back', failed: 0, left: [] });
    expect(await rowsOf(ids)).toEqual(before);
    expect((await sql('select distinct key from snapshot_change'))).toHaveLength(6);
    expect((await told(jobId, admin)).undoUntil).toBeNull();
    expect(await undo('channel', jobId)).toEqual([{ code: 'NOT_ALLOWED', path: ['jobId'] }]);
  });

  it('leaves rows that somebody, or their errors, changed since, and those that are gone', async () => {
    const ids = await channels(4), { jobId } = await bulk(`channelBulkUpdate(${list(ids)}, input: { weight: 100, status: ENABLED })`);
    await run(`channelUpdate(id: "${ids[0]}", input: { name: "renamed" })`, 'channel { id }', admin);
    await sql(`update channel set status = 'AUTO_DISABLED' where id = $1`, [Number(ids[1]!.slice(3))]);
    await sql('delete from channel where id = $1', [Number(ids[2]!.slice(3))]);
    expect(await undo('channel', jobId)).toEqual({ message: '1 put back', failed: 3, left: [
      { subject: ids[0], message: 'Someone else has changed this: reload and try again' }, { subject: ids[1], message: 'Someone else has changed this: reload and try again' }, { subject: ids[2], message: 'Not found' },
    ] });
    expect((await rowsOf(ids)).map(({ weight, status }) => [weight, status])).toEqual([[100, 'ENABLED'], [100, 'AUTO_DISABLED'], [4, 'ENABLED']]);
  });

  it('by a tag goes back too, models and overrides with it', async () => {
    const ids = (await channels(4)).filter((_id, index) => index % 2 === 1), before = await rowsOf(ids);
    const { jobId } = await run('channelTagUpdate(tag: "even", input: { newTag: "odd", models: ["x"], modelMapping: "{\\"x\\":\\"y\\"}", headerOverride: "{\\"a\\":\\"b\\"}", paramOverride: "{\\"c\\":1}" })', 'jobId', admin);
    await undo('channel', jobId);
    expect(await rowsOf(ids)).toEqual(before.map((row) => ({ ...row, extras: { paramOverride: '{}', headerOverride: null } })));
  });

  it('of a filter, as a job, goes back in the same way, over several batches', async () => {
    await sql('delete from channel');
    const ids = await channels(1_100), before = await rowsOf(ids);
    const { job } = await run('channelBulkUpdateWhere(filter: {}, expectedCount: 1100, input: { weight: 5, tag: "t" })', 'job { id undoUntil }', admin);
    expect([job.undoUntil, await undo('channel', job.id)]).toEqual([null, [{ code: 'CONFLICT', path: ['jobId'] }]]);
    await work(job.id);
    expect(await sql('select distinct weight, tag from channel')).toEqual([{ weight: 5, tag: 't' }]);
    expect(await undo('channel', job.id)).toEqual({ message: '1100 put back', failed: 0, left: [] });
    expect(await rowsOf(ids)).toEqual(before);
  });

  it('after another goes back first, and then the other', async () => {
    const ids = await channels(3), before = await rowsOf(ids), change = async (weight: number, rows = ids) => (await bulk(`channelBulkUpdate(${list(rows)}, input: { weight: ${weight} })`)).jobId as string;
    const first = await change(50), second = await change(60, ids.slice(0, 2)), third = await change(70);
    expect(await undo('channel', third)).toMatchObject({ message: '3 put back' });
    expect((await rowsOf(ids)).map(({ weight }) => weight)).toEqual([60, 60, 50]);
    expect([await undo('channel', second), await undo('channel', first)]).toMatchObject([{ message: '2 put back' }, { message: '3 put back' }]);
    expect(await rowsOf(ids)).toEqual(before);
  });

  it('before another stays where the other has changed it', async () => {
    const ids = await channels(2), change = async (weight: number, rows: string[]) => (await bulk(`channelBulkUpdate(${list(rows)}, input: { weight: ${weight} })`)).jobId as string;
    const first = await change(50, ids), second = await change(60, ids.slice(0, 1));
    expect(await undo('channel', first)).toMatchObject({ message: '1 put back', failed: 1, left: [{ subject: ids[0] }] });
    expect(await undo('channel', second)).toMatchObject({ message: '1 put back' });
    expect((await rowsOf(ids)).map(({ weight }) => weight)).toEqual([50, 2]);
  });

  it('is forgotten when its caller has done fifty more', async () => {
    const [id] = await channels(1), jobs: string[] = [], another = await app.user({ role: 10 });
    for (let step = 0; step < 51; step++) jobs.push((await bulk(`channelBulkUpdate(${list([id!])}, input: { weight: ${1_000 + step} })`, another)).jobId as string);
    expect(await undo('channel', jobs[0]!, another)).toEqual([{ code: 'NOT_FOUND', path: ['jobId'] }]);
    expect(await sql('select count(*)::int as kept, count(distinct job_id)::int as jobs from bulk_row where row_id = $1', [Number(id!.slice(3))])).toEqual([{ kept: 50, jobs: 50 }]);
    expect(await undo('channel', jobs[50]!, another)).toMatchObject({ message: '1 put back' });
  });

  it('that changed nothing, was tried only, or deleted, leaves nothing to take back', async () => {
    const ids = await channels(2);
    expect((await bulk(`channelBulkUpdate(${list(ids)}, dryRun: true, input: { weight: 9 })`)).jobId).toBeNull();
    expect((await bulk(`channelBulkUpdate(${list(ids)}, input: { autoBan: true })`)).jobId).toBeNull();
    expect((await bulk(`channelBulkDelete(${list(ids)})`)).jobId).toBeNull();
    expect(await sql(`select from bulk_row b join job j on j.id = b.job_id where j.kind = 'channel-bulk' and b.after is null`)).toEqual([]);
  });

  it('cannot be taken back a day later, and what it kept is forgotten then', async () => {
    const { jobId } = await bulk(`channelBulkUpdate(${list(await channels(1))}, input: { weight: 77 })`), kept = () => sql('select from bulk_row where job_id = $1', [Number(jobId.slice(4))]);
    app.clock.advance(86_399_999);
    await forgetBulks(sql, app.clock.now());
    expect([(await told(jobId, admin)).undoUntil, await kept()]).toEqual(['2026-11-21T12:00:00.000Z', [{}]]);
    app.clock.advance(1);
    expect([(await told(jobId, admin)).undoUntil, await undo('channel', jobId)]).toEqual([null, [{ code: 'NOT_ALLOWED', path: ['jobId'] }]]);
    await forgetBulks(sql, app.clock.now());
    expect(await kept()).toEqual([]);
  });

  it('is taken back once, also by two at a time', async () => {
    const { jobId } = await bulk(`channelBulkUpdate(${list(await channels(1))}, input: { weight: 78 })`), ask = () => run(`channelBulkUndo(jobId: "${jobId}")`, 'job { id }', admin);
    const told = (await Promise.all([ask(), ask()])).map(({ job, userErrors }) => (job ? 'begun' : userErrors[0].code as string));
    expect(new Set(told)).toEqual(new Set(['begun', 'CONFLICT']));
  });
});

describe('whose', () => {
  it('a bulk of another admin is not there, but for who may see all jobs', async () => {
    const { jobId } = await bulk(`channelBulkUpdate(${list(await channels(1))}, input: { weight: 79 })`), peer = await app.user({ role: 10 });
    const seesAll = peer.permissions.includes('SYSTEM_READ' as never);
    expect(await undo('channel', jobId, { ...peer, permissions: peer.permissions.filter((one) => one !== 'SYSTEM_READ') })).toEqual([{ code: 'NOT_FOUND', path: ['jobId'] }]);
    expect([seesAll, await undo('channel', jobId, root)]).toEqual([seesAll, { message: '1 put back', failed: 0, left: [] }]);
  });

  it('keys are put back by their owner only, and by the rules of the day', async () => {
    const ids: string[] = [];
    for (const input of ['unlimited: true', 'quota: "5", expiresAt: "2027-01-01T00:00:00.000Z", models: ["a"], allowIps: ["10.0.0.1"]']) ids.push((await run(`tokenCreate(input: { name: "t", ${input} })`, 'token { id }', me)).token.id as string);
    const read = () => sql('select status, expires_at, models, allow_ips, group_name from token where user_id = $1 order by id', [me.userId]), before = await read();
    const { jobId } = await bulk(`tokenBulkUpdate(${list(ids)}, input: { status: DISABLED, expiresAt: null, models: null, allowIps: ["10.0.0.2"] })`, me);
    for (const who of [other, root]) expect(await undo('token', jobId, who)).toEqual([{ code: 'NOT_FOUND', path: ['jobId'] }]);
    expect(await undo('channel', jobId)).toEqual([{ code: 'NOT_FOUND', path: ['jobId'] }]);
    expect(await undo('token', jobId, me)).toEqual({ message: '2 put back', failed: 0, left: [] });
    expect(await read()).toEqual(before);
  });

  it('users who stand above the caller by now stay, and enabling is taken back with its sessions', async () => {
    const [one, two] = [await app.user(), await app.user()], ids = [`usr_${one.userId}`, `usr_${two.userId}`];
    await bulk(`userBulkUpdate(${list(ids)}, input: { status: DISABLED })`);
    const { jobId } = await bulk(`userBulkUpdate(${list(ids)}, input: { status: ENABLED })`);
    await sql('update user_account set role = 10 where id = $1', [two.userId]);
    await beginSession(await app.context(one), one.userId);
    expect(await undo('user', jobId)).toEqual({ message: '1 put back', failed: 1, left: [{ subject: ids[1], message: 'Cannot act on a user of the same or a higher role' }] });
    expect(await sql('select status from user_account where id = any($1) order by id', [[one.userId, two.userId]])).toEqual([{ status: 'DISABLED' }, { status: 'ENABLED' }]);
    expect(await sql('select from session where user_id = $1', [one.userId])).toEqual([]);
  });

  it('a code that was redeemed since stays redeemed', async () => {
    const ids = ((await run('redemptionBatchCreate(idempotencyKey: "u", input: { name: "u", count: 2, quota: "5" })', 'redemptions { id }', admin)).redemptions as Data[]).map(({ id }) => id as string);
    const { jobId } = await bulk(`redemptionBulkUpdate(${list(ids)}, input: { expiresAt: "2031-01-01T00:00:00Z" })`);
    await sql(`update redemption set status = 'USED', redeemed_by_id = $2, redeemed_at = now() where id = $1`, [Number(ids[0]!.slice(4)), me.userId]);
    expect(await undo('redemption', jobId)).toMatchObject({ message: '1 put back', failed: 1, left: [{ subject: ids[0], message: 'Redemption code was used' }] });
    expect(await sql('select expires_at is null as open from redemption order by id')).toEqual([{ open: false }, { open: true }]);
  });
});
