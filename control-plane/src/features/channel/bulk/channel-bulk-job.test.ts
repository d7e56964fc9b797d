import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { JobRunner } from '../../job/job-runner.ts';
import { JobTable } from '../../job/job-table.ts';
import { bulkJob } from '../../bulk/bulk-job.ts';
import { channelBulk } from './channel-bulk.job.ts';

let app: TestApp, sql: Sql, admin: Principal;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  admin = await app.user({ role: 10 });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await sql('truncate channel restart identity cascade');
  await sql('delete from snapshot_change');
  await sql(`insert into channel (name, type, tag, models, group_names, created_at) select 'c' || n, 1, case when n <= 1200 then 'pool' end, '{m}', '{default}', now() from generate_series(1, 1300) as n`);
});

async function run(kind: string, args: string): Promise<Data> {
  const { data, errors } = await app.query(`mutation { ${kind}(${args}) { job { id total } userErrors { code message path } } }`, {}, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  const { job, userErrors } = data![kind] as Data;
  if (!job) return { userErrors };
  const { orm, pubSub, log } = app.base;
  await new JobRunner({ table: new JobTable(orm), kinds: [bulkJob(channelBulk)], events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() }).runHere(Number(job.id.slice(4)), 10_000);
  return (await app.query(`{ job(id: "${job.id}") { status total done failed message results { nodes { subject } } } }`, {}, admin)).data!.job as Data;
}
const counts = async () => (await sql<{ text: string }>(`select weight || ' ' || status || ': ' || count(*) as text from channel group by weight, status order by 1`)).map(({ text }) => text);

describe('every channel of a filter', () => {
  it('is changed, and told to the relays', async () => {
    expect(await run('channelBulkUpdateWhere', 'filter: { tags: ["pool"] }, expectedCount: 1195, input: { weight: 7, status: DISABLED, tag: null }'))
      .toEqual({ status: 'SUCCEEDED', total: 1200, done: 1200, failed: 0, message: '1200 of 1200 changed', results: { nodes: [] } });
    expect(await counts()).toEqual(['0 ENABLED: 100', '7 DISABLED: 1200']);
    expect(await sql('select count(*)::int as told, (select count(*)::int from channel where tag is not null) as tagged from snapshot_change')).toEqual([{ told: 1200, tagged: 0 }]);
  });

  it('is deleted', async () => {
    expect((await run('channelBulkDeleteWhere', 'filter: { tags: ["pool"] }, expectedCount: 1200')).message).toBe('1200 of 1200 deleted');
    expect(await sql('select count(*)::int as count from channel')).toEqual([{ count: 100 }]);
  });

  it('is left alone when it is another set than people saw', async () => {
    expect(await run('channelBulkDeleteWhere', 'filter: {}, expectedCount: 1200')).toEqual({ userErrors: [{ code: 'CONFLICT', message: 'There are others now than you saw: reload and try again: 1300', path: ['expectedCount'] }] });
  });

  it('is left alone when the change is none', async () => {
    expect((await run('channelBulkUpdateWhere', 'filter: {}, expectedCount: 1300, input: { weight: -1 }')).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['input', 'weight'] }]);
  });
});

it('goes on where an earlier run broke off, and names those that are gone', async () => {
  const { data } = await app.query('mutation { channelBulkUpdateWhere(filter: {}, expectedCount: 1300, input: { weight: 3 }) { job { id } } }', {}, admin);
  await sql(`update job set state = '{"next": 1000, "found": 1000}', done = 1000`);
  await sql('delete from channel where id = 1100');
  const { orm, pubSub, log } = app.base, id = data!.channelBulkUpdateWhere.job.id as string;
  await new JobRunner({ table: new JobTable(orm), kinds: [bulkJob(channelBulk)], events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() }).runHere(Number(id.slice(4)), 10_000);
  const { data: told } = await app.query(`{ job(id: "${id}") { done failed message results { nodes { subject ok } } } }`, {}, admin);
  expect(told!.job).toEqual({ done: 1300, failed: 1, message: '1299 of 1300 changed', results: { nodes: [{ subject: 'ch_1100', ok: false }] } });
  expect(await counts()).toEqual(['0 ENABLED: 1000', '3 ENABLED: 299']);
});
