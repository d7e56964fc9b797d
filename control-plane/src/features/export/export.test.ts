import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import type { Edge } from '../../server/http/edge.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { usageEvent } from '../../testing/usage-event.ts';
import { jobKind, type JobRun } from '../job/job-kind.ts';
import { JobRunner } from '../job/job-runner.ts';
import { JobTable } from '../job/job-table.ts';
import { insertLogs } from '../log/insert-logs.ts';
import { exportJob, forgetExports } from './export-job.ts';

let app: TestApp, edge: Edge, sql: Sql, runner: JobRunner, alice: Principal, bob: Principal, admin: Principal, root: Principal;
const tokens = new Map<Principal, string>();

const runnerOf = (kind: typeof exportJob): JobRunner =>
  new JobRunner({ table: new JobTable(app.base.orm), kinds: [kind], slots: 1, events: app.base.pubSub, clock: app.clock, log: app.base.log, fork: () => app.base.orm.em.fork() });

beforeAll(async () => {
  app = await startTestApp();
  edge = await app.listen();
  sql = sqlOf(app.base.orm.em.fork());
  [alice, bob, admin, root] = [await app.user(), await app.user(), await app.user({ role: 10 }), await app.user({ role: 100 })];
  for (const one of [alice, bob, admin]) tokens.set(one, (await app.query('mutation { accessTokenRotate { accessToken } }', {}, one)).data!.accessTokenRotate.accessToken as string);
  await app.base.orm.em.fork().transactional(async (em) => {
    const events = Array.from({ length: 4_500 }, (_, index) => usageEvent({ chargeId: `e${index}`, userId: alice.userId, endedAt: Date.parse('2026-11-20T10:00:00Z') + Math.floor(index / 10) }));
    await insertLogs(sqlOf(em), [...events, usageEvent({ chargeId: 'his', userId: bob.userId, model: 'claude' })], app.clock.now());
  });
  runner = runnerOf(exportJob);
  runner.start();
});
afterAll(async () => {
  await runner.stop();
  await app.stop();
});

const shown = 'id kind format status progress rows bytes sha256 error downloadUrl expiresAt job { id total done }';
async function create(input: object, as: Principal): Promise<Data> {
  const { data, errors } = await app.query(`mutation ($input: ExportInput!) { exportCreate(input: $input) { export { ${shown} } userErrors { code path } } }`, { input: { kind: 'LOGS', ...input } }, as);
  expect(errors).toBeUndefined();
  return data!.exportCreate as Data;
}
const listed = async (as: Principal): Promise<Data[]> => (await app.query(`{ exports { nodes { ${shown} } } }`, {}, as)).data!.exports.nodes as Data[];
const made = (id: string, as: Principal): Promise<Data> => eventually(async () => {
  const found = (await listed(as)).find((one) => one.id === id);
  expect(found?.status).toBe('SUCCEEDED');
  return found!;
});
async function exported(input: object, as: Principal): Promise<Data> {
  const { export: begun, userErrors } = await create(input, as);
  expect(userErrors).toEqual([]);
  return made(begun.id as string, as);
}
const download = (url: string, authorization?: string) => {
  const { pathname, search } = new URL(url);
  return fetch(`http://127.0.0.1:${edge.port}${pathname}${search}`, { headers: authorization === undefined ? {} : { authorization } });
};

describe('an export', () => {
  it('holds every own row once, says how large it is, and is what its hash says', async () => {
    const file = await exported({}, alice), answer = await download(file.downloadUrl as string, tokens.get(alice)), body = Buffer.from(await answer.arrayBuffer());
    expect(file).toMatchObject({ kind: 'LOGS', format: 'CSV', progress: 1, rows: '4500', bytes: String(body.length), sha256: createHash('sha256').update(body).digest('hex'), error: null, job: { total: 4_500, done: 4_500 } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = body.toString('utf8').split('\r\n'), ids = lines.slice(1, -1).map((line) => Number(line.split(',')[0]));
    expect(lines[0]).toMatch(/^\ufeffid,created_at/);
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
    expect(ids).toHaveLength(4_500);
  });

  it('is compressed lines of JSON where that is asked for, with the filter of the list', async () => {
    const file = await exported({ format: 'JSONL', gzip: true, scope: 'ANY', columns: ['model_name', 'user_id'], logFilter: { modelLike: 'cl%', from: '2026-01-01T00:00:00Z', sequenceFrom: '1' } }, admin);
    const answer = await download(file.downloadUrl as string, tokens.get(admin)), body = Buffer.from(await answer.arrayBuffer());
    expect([answer.headers.get('content-type'), String(body.length)]).toEqual(['application/gzip', file.bytes]);
    expect(gunzipSync(body).toString()).toBe(`${JSON.stringify({ model_name: 'claude', user_id: bob.userId })}\n`);
  });

  it.each([
    { name: 'rows of everybody for a user', input: { scope: 'ANY' }, path: ['input', 'scope'] },
    { name: 'a column that nobody knows', input: { columns: ['model_name', 'secret'] }, path: ['input', 'columns', '1'] },
    { name: 'the channel of own rows', input: { columns: ['channel'] }, path: ['input', 'columns', '0'] },
    { name: 'no column at all', input: { columns: [] }, path: ['input', 'columns'] },
  ])('refuses $name', async ({ input, path }) => {
    expect(await create(input, bob)).toMatchObject({ export: null, userErrors: [{ path }] });
  });

  it('is its requester\'s alone, link and all, and needs a credential', async () => {
    const file = await exported({ scope: 'ANY', columns: ['id'] }, admin), url = file.downloadUrl as string;
    expect((await listed(root)).map(({ id }) => id as string)).not.toContain(file.id);
    expect((await download(url, tokens.get(bob))).status).toBe(404);
    expect((await download(url)).status).toBe(401);
    expect((await download(url.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`), tokens.get(admin))).status).toBe(404);
    const { data } = await app.query('mutation ($id: ID!) { exportCancel(id: $id) { userErrors { code } } }', { id: file.id }, root);
    expect(data!.exportCancel.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect((await app.query('query ($id: ID!) { node(id: $id) { id } }', { id: file.id }, bob)).data).toEqual({ node: null });
  });

  it('of everybody\'s rows is not handed out any more when the right to them is gone', async () => {
    const file = await exported({ scope: 'ANY', columns: ['id'] }, admin);
    await sql('update user_account set role = 1 where id = $1', [admin.userId]);
    expect((await download(file.downloadUrl as string, tokens.get(admin))).status).toBe(403);
    await sql('update user_account set role = 10 where id = $1', [admin.userId]);
  });

  it('is recorded, asked for and fetched', async () => {
    const { data } = await app.query('{ viewer { auditEvents(filter: { actions: ["exportCreate", "exportDownload"] }) { nodes { action targets } } } }', {}, alice);
    expect(data!.viewer.auditEvents.nodes.map(({ action }: Data) => action as string)).toEqual(['exportDownload', 'exportCreate']);
  });

  it('of a program is its key\'s, and never of the rows of its maker', async () => {
    const { data } = await app.query('mutation ($input: IntegrationKeyInput!) { integrationKeyCreate(input: $input) { key { id } secret } }', { input: { name: 'billing', permissions: ['LOG_READ_ANY'] } }, root);
    const { secret, key } = data!.integrationKeyCreate as Data, authorization = `Bearer ${secret as string}`;
    const program: Principal = { ...root, permissions: ['LOG_READ_ANY'] as never, credential: 'integration-key', keyId: Number((key.id as string).slice(5)) };
    expect(await create({}, program)).toMatchObject({ export: null, userErrors: [{ path: ['input', 'scope'] }] });
    const file = await exported({ scope: 'ANY', columns: ['id'] }, program);
    expect(await listed(root)).toEqual([]);
    expect((await download(file.downloadUrl as string, authorization)).status).toBe(200);
    const { errors } = await app.query('{ exports { nodes { id } } }', {}, { ...program, permissions: [] });
    expect(errors![0]!.extensions!.code).toBe('FORBIDDEN');
  });
});

describe('a long export', () => {
  const begun = async (as: Principal): Promise<Data> => (await create({ columns: ['id'] }, as)).export as Data;
  const partsOf = async (id: string): Promise<number> => Number((await sql<{ count: string }>('select count(*)::text as count from export_part where export_id = $1', [Number(id.slice(4))]))[0]!.count);
  const statusOf = async (id: string, as: Principal): Promise<string> => (await listed(as)).find((one) => one.id === id)?.status as string;

  it('goes on after a crash with nothing lost, twice or newer', async () => {
    await runner.stop();
    let steps = 0;
    const cut = jobKind({ ...exportJob, work: (run: JobRun<unknown>) => exportJob.work({ ...run, report: async (report) => {
      if (steps++ === 2) throw new Error('the process ends between a part and its report');
      await run.report(report);
    } }) });
    const first = runnerOf(cut);
    first.start();
    const { id } = await begun(alice) as { id: string };
    await eventually(async () => expect(await statusOf(id, alice)).toBe('FAILED'));
    await first.stop();
    await app.base.orm.em.fork().transactional((em) => insertLogs(sqlOf(em), [usageEvent({ chargeId: 'late', userId: alice.userId })], app.clock.now()));
    await sql(`update job set status = 'QUEUED', finished_at = null where id = (select job_id from export where id = $1)`, [Number(id.slice(4))]);
    runner = runnerOf(exportJob);
    runner.start();
    const file = await made(id, alice), ids = (await (await download(file.downloadUrl as string, tokens.get(alice))).text()).split('\r\n').slice(1, -1);
    expect([new Set(ids).size, ids.length]).toEqual([4_500, 4_500]);
  });

  it('is one of a requester, ends when it is cancelled, and leaves nothing behind', async () => {
    await runner.stop();
    const { id } = await begun(alice) as { id: string };
    expect(await create({}, alice)).toMatchObject({ export: null, userErrors: [{ code: 'CONFLICT' }] });
    await sql(`insert into export_part values ($1, 0, '')`, [Number(id.slice(4))]);
    const cancel = () => app.query('mutation ($id: ID!) { exportCancel(id: $id) { export { status downloadUrl } userErrors { code } } }', { id }, alice);
    expect((await cancel()).data!.exportCancel).toEqual({ export: { status: 'CANCELLED', downloadUrl: null }, userErrors: [] });
    expect((await cancel()).data!.exportCancel.userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
    await forgetExports(sql, app.clock.now());
    expect(await partsOf(id)).toBe(0);
    runner = runnerOf(exportJob);
    runner.start();
  });

  it('is deleted when its time is over', async () => {
    const file = await exported({ columns: ['id'] }, bob), id = file.id as string;
    expect(Date.parse(file.expiresAt as string) - app.clock.now().getTime()).toBe(7 * 24 * 60 * 60_000);
    app.clock.advance(7 * 24 * 60 * 60_000);
    expect((await download(file.downloadUrl as string, tokens.get(bob))).status).toBe(404);
    expect((await listed(bob)).map((one) => one.id as string)).not.toContain(id);
    await forgetExports(sql, new Date(app.clock.now().getTime() + 1));
    expect(await partsOf(id)).toBe(0);
  });
});
