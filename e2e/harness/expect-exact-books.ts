/** The money claim of every crash scenario: nothing lost, nothing charged twice, by the mock's own record of what it answered. */
import { expect } from 'vitest';
import { audit, Books, type LogRecord } from './books.ts';
import type { House } from './house.ts';
import type { Outcome } from './load.ts';
import { until } from './until.ts';

export interface Claim {
  outcomes: readonly Outcome[];
  /** What one whole answer costs, in quota units. */
  price: number;
  /** What the wallet was given: its balance before the first request. */
  credited: number;
  withinMs?: number;
}

function byLabel(rows: readonly LogRecord[]): Map<string, LogRecord[]> {
  const groups = new Map<string, LogRecord[]>();
  for (const row of rows) if (row.label !== null) groups.set(row.label, [...(groups.get(row.label) ?? []), row]);
  return groups;
}

/** Labels that reached the provider or were answered in full: each of them must end in exactly one row. */
function mustHaveRow(house: House, outcomes: readonly Outcome[]): Set<string> {
  const own = new Set(outcomes.map((outcome) => outcome.label));
  const reached = house.mock.truth.entries.map((entry) => entry.label).filter((label) => own.has(label));
  return new Set([...reached, ...outcomes.filter((outcome) => outcome.complete).map((outcome) => outcome.label)]);
}

export async function expectExactBooks(house: House, { outcomes, price, credited, withinMs = 15_000 }: Claim): Promise<void> {
  const books = new Books(house.services.databaseUrl), needed = mustHaveRow(house, outcomes);
  const missing = async (): Promise<string[]> => {
    const rows = byLabel(await books.log());
    return [...needed].filter((label) => !rows.has(label));
  };
  await until('every request that reached the provider has its row', withinMs, async () => (await missing()).length === 0).catch(() => {});
  expect(await missing(), 'lost: requests without a row').toEqual([]);

  const rows = await books.log(), labelled = byLabel(rows), own = new Set(outcomes.map((outcome) => outcome.label));
  expect([...labelled].filter(([label, found]) => own.has(label) && found.length > 1).map(([label]) => label), 'double: requests with two rows').toEqual([]);
  expect(new Set(rows.map((row) => row.requestId)).size, 'double: charge ids').toBe(rows.length);
  const wrong = outcomes.filter((outcome) => outcome.complete).filter((outcome) => labelled.get(outcome.label)?.[0]?.quota !== price);
  expect(wrong.map((outcome) => ({ ...outcome, row: labelled.get(outcome.label)?.[0] })), 'whole answers at another price').toEqual([]);
  const broken = outcomes.filter((outcome) => !outcome.complete).map((outcome) => labelled.get(outcome.label)?.[0]).filter((row) => row !== undefined);
  expect(broken.filter((row) => row.quota < 0 || row.quota > price), 'broken answers above the price of a whole one').toEqual([]);

  await until('the wallet is what it was given less what all rows say', withinMs, async () => {
    const charged = (await books.log()).reduce((sum, row) => sum + row.quota, 0);
    return (await books.account('user:1')).balance === credited - charged;
  });
  const account = await books.account('user:1');
  expect(account.balance, 'balance and ledger').toBe(account.entries);
  const { code, output } = await audit(house.environment);
  expect(code, output).toBe(0);
}
