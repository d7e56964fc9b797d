import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { isOutOfTime } from '../kernel/out-of-time.ts';
import { sqlOf } from './sql.ts';
import { withStatementTime } from './statement-time.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

const ask = (text: string) => sqlOf(app.base.orm.em.fork())<{ ms: string }>(text);
const shown = async () => (await ask(`select setting as ms from pg_settings where name = 'statement_timeout'`))[0]!.ms;

describe('statements of work that somebody waits for', () => {
  it('end in their time, and the connection is good for the next', async () => {
    const fault = await withStatementTime(50, () => ask('select pg_sleep(30)')).catch((caught: unknown) => caught);
    expect(isOutOfTime(fault)).toBe(true);
    expect(await ask('select 1 as ms')).toEqual([{ ms: 1 }]);
  });

  it('have the limit of their own work, on whatever connection, in a transaction and after one that was undone', async () => {
    const told = (ms: number) => withStatementTime(ms, async () => {
      const em = app.base.orm.em.fork();
      const inside = await em.transactional(async (inner) => (await sqlOf(inner)<{ ms: string }>(`select setting as ms from pg_settings where name = 'statement_timeout'`))[0]!.ms);
      await em.transactional(async () => { throw new Error('undone'); }).catch(() => undefined);
      return [inside, await shown()];
    });
    const all = await Promise.all([...Array.from({ length: 30 }, (_, index) => told(10_000 + index)), shown(), shown()]);
    expect(all).toEqual([...Array.from({ length: 30 }, (_, index) => [String(10_000 + index), String(10_000 + index)]), '0', '0']);
  });

  it('leave work without a limit alone', async () => {
    await withStatementTime(40, () => shown());
    expect(await ask('select pg_sleep(0.1), 1 as ms')).toMatchObject([{ ms: 1 }]);
  });
});

it('a connection is told its limit once by all that a caller asks', async () => {
  const own = await startTestApp();                      // with connections that nothing else has used
  const sent = async (): Promise<string[]> => {
    const texts: string[] = [], { query } = pg.Client.prototype;      // oxlint-disable-line typescript/unbound-method -- put back below
    pg.Client.prototype.query = function noted(this: pg.Client, ...given: unknown[]) {
      texts.push(String(given[0]));
      return Reflect.apply(query, this, given);
    } as typeof query;
    await own.request({ body: { query: '{ site { name } }' }, headers: { authorization: 'nobody' } });
    await own.request({ body: { query: '{ priceList { autoGroups } }' } });
    pg.Client.prototype.query = query;
    return texts;
  };
  const told = (texts: string[]) => texts.filter((text) => text.includes('statement_timeout'));
  const first = await sent(), second = await sent();
  expect([told(first).length > 0, told(second), second.length > 0]).toEqual([true, [], true]);
  await own.stop();
});
