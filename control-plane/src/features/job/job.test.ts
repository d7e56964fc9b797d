import { parse, subscribe, type ExecutionResult } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { JobFailure, jobKind, type JobRun } from './job-kind.ts';
import { JobQueue } from './job-queue.ts';
import { JobRunner } from './job-runner.ts';
import { JobLost, JobTable } from './job-table.ts';
import { Job } from './job.entity.ts';

let app: TestApp, sql: Sql, queue: JobQueue, table: JobTable, ada: Principal, bob: Principal, admin: Principal;
const running = new Set<JobRunner>();

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [ada, bob, admin] = [await app.user(), await app.user(), await app.user({ role: 10 })];
  queue = new JobQueue(app.base.pubSub, app.clock);
  table = new JobTable(app.base.orm);
});
beforeEach(() => sql('delete from job'));
afterEach(async () => {
  for (const runner of running) await runner.stop();
  running.clear();
});
afterAll(() => app.stop());

const input = z.object({ steps: z.int() });
type Work = (run: JobRun<z.infer<typeof input>>) => Promise<string>;
function start(work: Work): JobRunner {
  const runner = new JobRunner({ table, kinds: [jobKind({ name: 'count', input, work })], events: app.base.pubSub, clock: app.clock, log: app.base.log, fork: () => app.base.orm.em.fork() });
  running.add(runner);
  runner.start();
  return runner;
}
const add = async (over: Data = {}): Promise<number> => (await queue.add(app.base.orm.em.fork(), { name: 'count' }, { input: { steps: 3 }, requestedById: ada.userId, ...over }))!.id;
const read = (id: number) => app.base.orm.em.fork().findOneOrFail(Job, { id });
const until = (id: number, status: string) => eventually(async () => { expect((await read(id)).status).toBe(status); return read(id); });
const forever: Work = ({ signal }) => new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason as Error)); });
const counting: Work = async ({ input: { steps }, state, report }) => {
  for (let step = (state as { step?: number } | undefined)?.step ?? 0; step < steps; step++) {
    await report({ done: 1, failed: step === 1 ? 1 : 0, total: steps, results: [{ subject: `s_${step}`, ok: step !== 1 }], state: { step: step + 1 } });
  }
  return `counted to ${steps}`;
};

describe('a job', () => {
  it('is done, step by step, and tells how each step went', async () => {
    const id = await add();
    start(counting);
    await until(id, 'SUCCEEDED');
    const { data } = await app.query(`{ job(id: "job_${id}") { kind status progress total done failed message requestedBy { username } results(first: 2) { nodes { subject ok } totalCount { value } } bad: results(failedOnly: true) { nodes { subject } } } }`, {}, ada);
    expect(data!.job).toEqual({
      kind: 'count', status: 'SUCCEEDED', progress: 1, total: 3, done: 3, failed: 1, message: 'counted to 3', requestedBy: { username: ada.username },
      results: { nodes: [{ subject: 's_0', ok: true }, { subject: 's_1', ok: false }], totalCount: { value: '3' } }, bad: { nodes: [{ subject: 's_1' }] },
    });
  });

  it('is done once by two runners', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => add()));
    const begun: number[] = [];
    for (let runners = 0; runners < 2; runners++) start(async ({ id }) => { begun.push(id); return ''; });
    for (const id of ids) await until(id, 'SUCCEEDED');
    expect(begun.toSorted((one, other) => one - other)).toEqual(ids.toSorted((one, other) => one - other));
  });

  it('exists once for its exclusive key, until it is over', async () => {
    const first = await add({ exclusiveKey: 'only' });
    expect(await queue.add(app.base.orm.em.fork(), { name: 'count' }, { input: { steps: 1 }, exclusiveKey: 'only' })).toBeUndefined();
    start(counting);
    await until(first, 'SUCCEEDED');
    await until(await add({ exclusiveKey: 'only' }), 'SUCCEEDED');
  });

  it.each<{ name: string; work: Work; message: RegExp }>([
    { name: 'a reason for people', work: () => Promise.reject(new JobFailure('No relay answered')), message: /^No relay answered$/ },
    { name: 'a fault, which stays in the log of the server', work: () => Promise.reject(new Error('password=secret')), message: /^Failed by a fault of the server/ },
  ])('fails with $name', async ({ work, message }) => {
    const id = await add();
    start(work);
    expect((await until(id, 'FAILED')).message).toMatch(message);
  });

  it('of another version, whose input nobody reads, fails', async () => {
    const id = await add({ input: { steps: 'many' } });
    start(counting);
    expect((await until(id, 'FAILED')).message).toMatch(/not readable/);
  });

  it('is forgotten with its results when it is old', async () => {
    const id = await add();
    start(counting);
    await until(id, 'SUCCEEDED');
    await table.forget(new Date(app.clock.now().getTime() + 1));
    expect(await sql('select from job union all select from job_result')).toEqual([]);
  });
});

describe('a runner that vanishes', () => {
  const vanish = (id: number) => sql(`update job set lease_until = now() - interval '1 second' where id = $1`, [id]);

  it('leaves its job to another, which goes on from the last report', async () => {
    const id = await add(), gone = (await table.claim(['count'], app.clock.now()))!;
    await table.report(gone, { done: 2, total: 3, state: { step: 2 } });
    await vanish(id);
    start(counting);
    expect(await until(id, 'SUCCEEDED')).toMatchObject({ done: 3, total: 3, crashes: 1 });
  });

  it('writes nothing when it comes back', async () => {
    const id = await add(), gone = (await table.claim(['count'], app.clock.now()))!;
    await vanish(id);
    const next = (await table.claim(['count'], app.clock.now()))!;
    await expect(table.report(gone, { done: 99 })).rejects.toThrow(JobLost);
    await table.finish(gone, 'FAILED', 'too late', app.clock.now());
    await table.giveBack(gone);
    expect(await table.prolong(gone)).toBeUndefined();
    expect(await read(id)).toMatchObject({ status: 'RUNNING', done: 0, message: null, fence: next.fence });
  });

  it('four times makes the job fail, and say so', async () => {
    const id = await add();
    for (let times = 0; times < 4; times++) {
      await table.claim(['count'], app.clock.now());
      await vanish(id);
    }
    start(counting);
    expect((await until(id, 'FAILED')).message).toMatch(/vanished 4 times/);
  });

  it('because it is stopped gives the job back at once', async () => {
    const id = await add(), runner = start(forever);
    await until(id, 'RUNNING');
    await runner.stop();
    expect(await read(id)).toMatchObject({ status: 'QUEUED', crashes: 0 });
    start(counting);
    await until(id, 'SUCCEEDED');
  });
});

describe('cancelling', () => {
  const cancel = async (id: number, as: Principal): Promise<Data> => (await app.query(`mutation { jobCancel(id: "job_${id}") { job { status } userErrors { code } } }`, {}, as)).data!.jobCancel;

  it('ends one that waits at once', async () => {
    const id = await add();
    expect(await cancel(id, ada)).toEqual({ job: { status: 'CANCELLED' }, userErrors: [] });
    expect(await cancel(id, ada)).toEqual({ job: { status: 'CANCELLED' }, userErrors: [{ code: 'NOT_ALLOWED' }] });
  });

  it('ends one that runs', async () => {
    const id = await add();
    start(forever);
    await until(id, 'RUNNING');
    await cancel(id, ada);
    await until(id, 'CANCELLED');
  });

  it('is for its owner and for who sees the system', async () => {
    const id = await add();
    expect(await cancel(id, bob)).toEqual({ job: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await cancel(id, admin)).job).toEqual({ status: 'CANCELLED' });
  });
});

it('lists own jobs, and all of them to who sees the system', async () => {
  const [own, other] = [await add(), await add({ requestedById: null })];
  const list = async (as: Principal, filter = '') => (await app.query(`{ jobs${filter} { nodes { id } totalCount { value } } }`, {}, as)).data!.jobs;
  expect(await list(ada)).toEqual({ nodes: [{ id: `job_${own}` }], totalCount: { value: '1' } });
  expect((await list(bob)).nodes).toEqual([]);
  expect((await list(admin)).nodes).toEqual([{ id: `job_${other}` }, { id: `job_${own}` }]);
  expect((await list(admin, '(filter: { kinds: ["count"], statuses: [RUNNING] })')).nodes).toEqual([]);
});

describe('following', () => {
  const follow = async (id: number | string, as: Principal | undefined) =>
    subscribe({ schema: app.schema, document: parse(`subscription { jobProgress(id: "job_${id}") { status done total progress } }`), contextValue: await app.context(as) }) as Promise<AsyncGenerator<ExecutionResult<Data>> & ExecutionResult>;

  it('shows the present state, then the changes, and ends with the job', async () => {
    const id = await add(), stream = await follow(id, ada);
    expect((await stream.next()).value.data.jobProgress).toEqual({ status: 'QUEUED', done: 0, total: null, progress: 0 });
    start(counting);
    const seen: Data[] = [];
    for await (const { data } of stream) seen.push(data!.jobProgress as Data);
    expect(seen.at(-1)).toEqual({ status: 'SUCCEEDED', done: 3, total: 3, progress: 1 });
  });

  it('ends when the reader goes, also while it waits', async () => {
    const stream = await follow(await add(), ada);
    await stream.next();
    const waiting = stream.next();
    await stream.return(undefined);
    expect(await waiting).toMatchObject({ done: true });
  });

  it.each([
    { name: 'nobody', as: () => undefined, code: 'UNAUTHENTICATED' }, { name: 'another user', as: () => bob, code: 'NOT_FOUND' },
  ])('is refused to $name', async ({ as, code }) => {
    expect((await follow(await add(), as())).errors).toMatchObject([{ extensions: { code } }]);
  });
});
