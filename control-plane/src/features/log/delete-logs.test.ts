import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { deleteLogs } from './delete-logs.ts';
import { makeLogPartitions } from './log-partitions.ts';

let app: TestApp, sql: Sql, admin: Principal;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => app.stop());

/** The clock of the app stands on 20 November 2026. */
beforeEach(async () => {
  await sql('truncate log');
  for (const month of ['2026-08-15', '2026-11-15']) await makeLogPartitions(sql, new Date(month));
});
const put = (at: string, count = 1) => sql(`insert into log (created_at, type, user_id) select $1::timestamptz, 2, 1 from generate_series(1, $2)`, [at, count]);
async function remove(before: string): Promise<number> {
  let count = 0;
  for await (const rows of deleteLogs(app.base.orm.em.fork(), new Date(before), app.clock.now())) count += rows;
  return count;
}
const left = async () => (await sql<{ part: string; count: number }>('select tableoid::regclass::text as part, count(*)::int as count from log group by 1 order by 1')).map(({ part, count }) => `${part}: ${count}`);
const tables = async () => (await sql<{ name: string }>(`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'log'::regclass order by 1`)).map(({ name }) => name);

describe('deleting old rows', () => {
  it('drops the months that are over, and takes single rows from the others', async () => {
    await put('2020-01-01T00:00:00Z', 2);
    await put('2026-08-01T00:00:00Z', 3);
    await put('2026-09-30T23:59:59.999Z', 4);
    await put('2026-10-01T00:00:00Z', 5);
    await put('2026-10-15T00:00:00Z', 6);
    expect(await remove('2026-10-15T00:00:00Z')).toBe(14);
    expect(await left()).toEqual(['log_202610: 6']);
    expect(await tables()).not.toContain('log_202609');
    expect(await tables()).toContain('log_202610');
  });

  it('keeps the partition of this month and of those ahead, even when all rows go', async () => {
    await put('2026-11-19T00:00:00Z', 2);
    expect(await remove('2027-06-01T00:00:00Z')).toBe(2);
    expect(await tables()).toEqual(['log_202611', 'log_202612', 'log_202701', 'log_202702', 'log_default']);
    await put('2026-11-20T00:00:00Z');
    expect(await left()).toEqual(['log_202611: 1']);
  });

  it('takes more rows than a batch has', async () => {
    await put('2026-11-01T00:00:00Z', 20_001);
    await put('2026-11-02T00:00:00Z');
    expect(await remove('2026-11-02T00:00:00Z')).toBe(20_001);
    expect(await left()).toEqual(['log_202611: 1']);
  });

  it('deletes row by row where somebody reads the month for long', async () => {
    await put('2026-08-03T00:00:00Z', 3);
    const reader = new pg.Client({ connectionString: app.base.config.databaseUrl });
    await reader.connect();
    await reader.query('begin; select count(*) from log');
    expect(await remove('2026-09-01T00:00:00Z')).toBe(3);
    expect(await tables()).toContain('log_202608');
    await reader.end();
  });

  it('finds nothing before the first row', async () => {
    await put('2026-11-01T00:00:00Z');
    expect(await remove('1970-01-01T00:00:00Z')).toBe(0);
  });
});

describe('who deletes', () => {
  it('waits for who does so already', async () => {
    await sql(`insert into job (kind, input, exclusive_key, created_at) values ('elsewhere', '{}', 'log-delete', now())`);
    const { data } = await app.query('mutation { logsDelete(before: "2026-11-10T00:00:00Z") { complete job { id } userErrors { code } } }', {}, admin);
    expect(data!.logsDelete).toEqual({ complete: false, job: null, userErrors: [{ code: 'CONFLICT' }] });
    await sql('delete from job');
  });

  it('is noted in the log', async () => {
    await put('2026-11-01T00:00:00Z', 2);
    const { data } = await app.query('mutation { logsDelete(before: "2026-11-10T00:00:00Z") { deleted complete job { kind status done message } userErrors { code } } }', {}, admin);
    const content = 'Deleted 2 log rows from before 2026-11-10T00:00:00.000Z';
    expect(data!.logsDelete).toEqual({ deleted: 2, complete: true, job: { kind: 'log-delete', status: 'SUCCEEDED', done: 2, message: content }, userErrors: [] });
    expect(await sql('select type, user_id, content from log')).toEqual([{ type: 3, user_id: admin.userId, content }]);
  });

  it('gets the number over REST, with either spelling', async () => {
    const rest = await restCaller(app, { role: 10 });
    await put('2026-11-01T00:00:00Z', 2);
    const second = Date.parse('2026-11-10T00:00:00Z') / 1000;
    expect(await rest.call('DELETE', `/api/log/?target_timestamp=${second}`)).toEqual({ status: 200, body: { success: true, message: '', data: 2 } });
    expect((await rest.call('DELETE', `/api/log?target_timestamp=${second}`)).body.data).toBe(0);
  });

  it.each(['', '?target_timestamp=0', '?target_timestamp=', '?target_timestamp=soon'])('is told what is missing in %j', async (query) => {
    const rest = await restCaller(app, { role: 10 });
    const { status, body } = await rest.call('DELETE', `/api/log/${query}`) as { status: number; body: Data };
    expect([status, body.success]).toEqual([400, false]);
  });

  it('is no plain user', async () => expect((await (await restCaller(app)).call('DELETE', '/api/log/?target_timestamp=1')).status).toBe(403));
});
