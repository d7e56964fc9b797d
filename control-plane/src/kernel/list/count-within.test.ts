import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { countWithin } from './count-within.ts';
import { CountPrecision } from './page.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

const count = (text: string, values: unknown[] = [], ms?: number) => countWithin(app.base.orm.em.fork(), text, values, ms);

it.each([
  { name: 'nothing', text: 'select 1 where false', told: { value: 0n, precision: CountPrecision.EXACT } },
  { name: 'what a statement with values finds', text: 'select n from generate_series(1, $1::int) as n', values: [42], told: { value: 42n, precision: CountPrecision.EXACT } },
  { name: 'as far as it goes', text: 'select from generate_series(1, 10000)', told: { value: 10_000n, precision: CountPrecision.EXACT } },
  { name: 'no further', text: 'select from generate_series(1, 10001)', told: { value: 10_000n, precision: CountPrecision.AT_LEAST } },
])('counts $name', async ({ text, values, told }) => {
  expect(await count(text, values)).toEqual(told);
});

it('answers what the planner thinks when counting takes too long, and leaves the connection as it was', async () => {
  expect(await count('select from generate_series(1, $1::int) n where pg_sleep(60) is not null', [500], 20)).toEqual({ value: expect.any(BigInt), precision: CountPrecision.ESTIMATE });
  const [setting] = await app.base.orm.em.fork().execute<{ statement_timeout: string }[]>('show statement_timeout');
  expect(setting!.statement_timeout).toBe('0');
});

it('throws what is wrong with a statement', async () => {
  await expect(count('select nothing from nowhere')).rejects.toThrow('nowhere');
});
