import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { systemClock } from '../../kernel/running/clock.ts';
import { MoneyHouse, usageEvent } from '../../testing/money-house.ts';
import { LeaseBook } from '../lease/lease-book.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { Settlement } from '../usage/settlement.ts';
import { audit, isClean, printAudit, type AuditLine } from './auditor.ts';
import { CheckedBooks, DriftWatch } from './drift-watch.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';

let house: MoneyHouse, user: number, chargeId: string;

// (20 + 10 × 4) × 0.65 × 1.025 = 39.975: rounded once.
const price = {
  version: 1, mode: RelayPriceMode.RATIO, modelRatio: 650_000, groupRatio: 1_025_000, callPrice: 0, quotaPerUnit: 500_000,
  lines: [{ name: 'input', tokens: 20, ratio: 1_000_000 }, { name: 'output', tokens: 10, ratio: 4_000_000 }],
};

/** Books with one charge, one loss, one open lease, one budget; all in order. */
beforeAll(async () => {
  house = await MoneyHouse.open();
  user = await house.user(1_000n);
  const token = await house.token(user, 500n);
  const decision = await new LeaseBook().grant(house.sql, { relayId: 'r', epoch: 1, nonce: 'n' }, { account: `user:${user}`, need: 100n, prefer: 100n });
  if (decision.kind !== 'granted') throw new Error('The lease was not granted');
  const usage = usageEvent({ userId: user, tokenId: token, amount: '40', price, draws: [{ leaseId: decision.leaseId, account: `user:${user}`, amount: '40' }] });
  chargeId = usage.chargeId;
  const lost = usageEvent({ userId: user, platformLoss: '3' });
  await new Settlement(house.orm, systemClock).settle([{ relayId: 'r', epoch: 1, sequence: 1, usage }, { relayId: 'r', epoch: 1, sequence: 2, usage: lost }]);
});
afterAll(() => house.close());

/** What the auditor finds after `harm`, of which nothing stays. */
async function foundAfter(harm: (sql: Sql) => Promise<unknown>): Promise<AuditLine[]> {
  let lines: AuditLine[] = [];
  await house.orm.em.fork().transactional(async (em) => {
    const sql = sqlOf(em);
    await harm(sql);
    lines = await audit(sql);
    throw new Error('undo');
  }).catch((error: Error) => { if (error.message !== 'undo') throw error; });
  return lines;
}
const unguarded = (sql: Sql, statement: string) => sql(`do $$ begin set local session_replication_role = replica; ${statement}; end $$`);

it('finds nothing in books that are in order', async () => {
  const lines = await audit(house.sql);
  expect(isClean(lines)).toBe(true);
  expect(printAudit(lines)).toMatch(/The books are clean\.$/);
});

it.each([
  { name: 'drift', harm: (sql: Sql) => sql('update account set balance = balance + 1 where name = $1', [`user:${user}`]) },
  { name: 'lease drift', harm: (sql: Sql) => sql('update account set leased = leased + 1 where name = $1', [`user:${user}`]) },
  { name: 'unbalanced', harm: (sql: Sql) => unguarded(sql, `update ledger_entry set amount = amount + 1 where account = 'system:revenue'`) },
  { name: 'charges and postings', harm: (sql: Sql) => unguarded(sql, 'update charge set amount = amount + 1') },
  { name: 'recomputed', harm: (sql: Sql) => sql(`update log set detail = jsonb_set(detail, '{price,lines,0,tokens}', '21') where request_id = $1`, [chargeId]) },
  { name: 'postings without a charge', harm: (sql: Sql) => unguarded(sql, 'delete from charge') },
  { name: 'without outcome', harm: (sql: Sql) => sql(`update lease set expires_at = now() - interval '2 minutes'`) },
  { name: 'duplicates', harm: (sql: Sql) => sql('insert into log (created_at, type, user_id, request_id) select created_at, type, user_id, request_id from log where request_id = $1 limit 1', [chargeId]) },
  { name: 'dead letters', harm: (sql: Sql) => sql(`insert into dead_letter (relay_id, epoch, sequence, reason, body, at) values ('r', 1, 2, 'x', '{}', now())`) },
])('finds: $name', async ({ name, harm }) => {
  const lines = await foundAfter(harm);
  expect(lines.filter((line) => line.count > 0).map((line) => line.check.name)).toContain(name);
  expect(printAudit(lines)).toContain('NOT CLEAN');
});

it('looks again at what changed since, and finds planted drift', async () => {
  const books = new CheckedBooks();
  expect(await books.look(house.sql)).toEqual([]);
  await house.ledger.credit(house.orm.em.fork(), { account: `user:${user}`, counter: 'system:promo', kind: LedgerKind.GRANT, reference: 'more', amount: 5n });
  expect(await books.look(house.sql)).toEqual([]);
  await house.sql('update account set balance = balance - 1 where name = $1', [`user:${user}`]);
  expect(await books.look(house.sql)).toEqual([`user:${user}`]);
});

it('freezes an account that drifts, so that nothing more is lent', async () => {
  const other = await house.user(100n), watch = new DriftWatch(house.orm, house.log, 50);
  watch.start();
  await house.sql('update account set balance = balance + 7 where name = $1', [`user:${other}`]);
  await eventually(async () => expect(await house.sql('select frozen from account where name = $1', [`user:${other}`])).toEqual([{ frozen: true }]));
  await watch.stop();
  const decision = await new LeaseBook().grant(house.sql, { relayId: 'r', epoch: 1, nonce: 'frozen' }, { account: `user:${other}`, need: 1n, prefer: 1n });
  expect(decision).toMatchObject({ kind: 'refused', refusal: 'FROZEN' });
});
