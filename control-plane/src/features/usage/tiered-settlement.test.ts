import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../kernel/running/clock.ts';
import { MoneyHouse, usageEvent } from '../../testing/money-house.ts';
import { LeaseBook } from '../lease/lease-book.ts';
import { audit, isClean } from '../ledger/auditor.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { readUsageBatch } from './read-usage-batch.ts';
import { Settlement } from './settlement.ts';

let house: MoneyHouse;
beforeAll(async () => { house = await MoneyHouse.open(); });
afterAll(() => house.close());

const text = 'len <= 200000 ? tier("std", p*1.25) : tier("long", p*2.5 + c*15 + cr*0.25)';
const expression = { text, sha256: hash('sha256', text), tier: 'long' };

it('posts a charge by an expression as the relay reported it, keeps the expression in the log, and the audit gets the same amount', async () => {
  const user = await house.user(1_000_000n), account = `user:${user}`;
  const lease = await new LeaseBook().grant(house.sql, { relayId: 'r', epoch: 1, nonce: 'n' }, { account, need: 263_750n, prefer: 263_750n });
  if (lease.kind !== 'granted') throw new Error('The lease was not granted');
  const price = {
    version: 1, mode: RelayPriceMode.TIERED, modelRatio: 0, groupRatio: 1_000_000, callPrice: 0, quotaPerUnit: 500_000,
    lines: [{ name: 'expression', tokens: 1, ratio: 527_500_000_000 }], expression,
  };
  const usage = usageEvent({ userId: user, amount: '263750', price, draws: [{ leaseId: lease.leaseId, account, amount: '263750' }] });
  const records = readUsageBatch(JSON.stringify({ relayId: 'r', epoch: 1, records: [{ sequence: 1, usage }] }));
  if ('fault' in records) throw new Error(records.fault);
  expect(records[0]?.fault).toBeUndefined();
  await new Settlement(house.orm, systemClock).settle(records);
  expect(await house.sql('select balance::int as balance from account where name = $1', [account])).toEqual([{ balance: 736_250 }]);
  expect(await house.sql(`select quota::int as quota, detail->'price'->'expression' as expression from log where user_id = $1`, [user])).toEqual([{ quota: 263_750, expression }]);
  expect(isClean(await audit(house.sql))).toBe(true);
});
