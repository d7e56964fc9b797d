import { beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { MoneyHouse, usageEvent } from '../../testing/money-house.ts';
import { LeaseBook } from '../lease/lease-book.ts';
import { Settlement } from '../usage/settlement.ts';
import { audit, isClean, printAudit } from './auditor.ts';
import { CheckedBooks } from './drift-watch.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';

let house: MoneyHouse, user: number, chargeId: string;

/** Books with one charge, one loss, one open lease, one budget; all in order. */
beforeEach(async () => {
  house = await MoneyHouse.open();
  user = await house.user(1_000n);
  const token = await house.token(user, 500n);
  const decision = await new LeaseBook().grant(house.sql, { relayId: 'r', epoch: 1, nonce: 'n' }, { account: `user:${user}`, need: 100n, prefer: 100n });
  if (decision.kind !== 'granted') throw new Error('The lease was not granted');
  const usage = usageEvent({ userId: user, tokenId: token, amount: '40', platformLoss: '3', draws: [{ leaseId: decision.leaseId, account: `user:${user}`, amount: '40' }] });
  chargeId = usage.chargeId;
  await new Settlement(house.orm, systemClock).settle([{ relayId: 'r', epoch: 1, sequence: 1, usage }]);
  return () => house.close();
});

const found = async () => Object.fromEntries((await audit(house.sql)).filter((line) => line.count > 0).map((line) => [line.check.name, line.examples]));
const unguarded = (statement: string) => house.sql(`do $$ begin set local session_replication_role = replica; ${statement}; end $$`);

it('finds nothing in books that are in order', async () => {
  const lines = await audit(house.sql);
  expect(isClean(lines)).toBe(true);
  expect(printAudit(lines)).toMatch(/The books are clean\.$/);
});

it.each([
  { name: 'drift', harm: () => house.sql('update account set balance = balance + 1 where name = $1', [`user:${user}`]) },
  { name: 'lease drift', harm: () => house.sql('update account set leased = leased + 1 where name = $1', [`user:${user}`]) },
  { name: 'unbalanced', harm: () => unguarded(`update ledger_entry set amount = amount + 1 where account = 'system:revenue'`) },
  { name: 'charges and postings', harm: () => unguarded('update charge set amount = amount + 1') },
  { name: 'postings without a charge', harm: () => unguarded('delete from charge') },
  { name: 'without outcome', harm: () => house.sql(`update lease set expires_at = now() - interval '2 minutes'`) },
  { name: 'duplicates', harm: () => house.sql('insert into log (created_at, type, user_id, request_id) select created_at, type, user_id, request_id from log where request_id = $1', [chargeId]) },
  { name: 'dead letters', harm: () => house.sql(`insert into dead_letter (relay_id, epoch, sequence, reason, body, at) values ('r', 1, 2, 'x', '{}', now())`) },
])('finds: $name', async ({ name, harm }) => {
  await harm();
  const findings = await found();
  expect(Object.keys(findings)).toContain(name);
  expect(printAudit(await audit(house.sql))).toContain('NOT CLEAN');
});

it('looks again at what changed since, and finds planted drift', async () => {
  const books = new CheckedBooks();
  expect(await books.look(house.sql)).toEqual([]);
  await house.ledger.credit(house.orm.em.fork(), { account: `user:${user}`, counter: 'system:promo', kind: LedgerKind.GRANT, reference: 'more', amount: 5n });
  expect(await books.look(house.sql)).toEqual([]);
  await house.sql('update account set balance = balance - 1 where name = $1', [`user:${user}`]);
  expect(await books.look(house.sql)).toEqual([`user:${user}`]);
});
