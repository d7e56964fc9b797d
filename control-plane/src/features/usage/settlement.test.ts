import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import { systemClock } from '../../kernel/running/clock.ts';
import { MoneyHouse, usageEvent } from '../../testing/money-house.ts';
import { LeaseBook } from '../lease/lease-book.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { UsageEvent } from '../relay-link/wire/usage.ts';
import type { ReportedRecord } from './read-usage-batch.ts';
import { Settlement } from './settlement.ts';

let house: MoneyHouse, settlement: Settlement, serial = 0;
const book = new LeaseBook();

beforeAll(async () => {
  house = await MoneyHouse.open();
  settlement = new Settlement(house.orm, systemClock);
});
afterAll(() => house.close());

const relay = () => `relay-${++serial}`;
const records = (relayId: string, events: readonly UsageEvent[], from = 1): ReportedRecord[] =>
  events.map((usage, index) => ({ relayId, epoch: 1, sequence: from + index, usage }));

async function lease(relayId: string, account: string, amount: bigint): Promise<string> {
  const decision = await book.grant(house.sql, { relayId, epoch: 1, nonce: `n${++serial}` }, { account, need: amount, prefer: amount });
  if (decision.kind !== 'granted') throw new Error(`The lease was not granted: ${decision.kind}`);
  return decision.leaseId;
}

describe('one charge', () => {
  it('takes it from wallet and budget, against revenue and limit, and counts it', async () => {
    const user = await house.user(1_000n), token = await house.token(user, 500n), channel = await house.channel(), relayId = relay();
    const wallet = await lease(relayId, `user:${user}`, 100n), budget = await lease(relayId, `token:${token}`, 100n);
    const draws = [{ leaseId: wallet, account: `user:${user}`, amount: '38' }, { leaseId: budget, account: `token:${token}`, amount: '38' }];
    const event = usageEvent({ userId: user, tokenId: token, channelId: channel, amount: '38', hold: '100', draws });
    const settled = await settlement.settle(records(relayId, [event]));

    expect(settled).toMatchObject({ acks: [{ relayId, epoch: 1, sequence: 1 }], posted: 1, faults: [] });
    expect(await house.account(`user:${user}`)).toEqual({ balance: 962n, leased: 62n });
    expect(await house.account(`token:${token}`)).toEqual({ balance: 462n, leased: 62n });
    expect(await house.sql(`select e.account, e.amount::int, e.balance_after::int as after from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
      where t.reference = $1 order by e.id`, [event.chargeId])).toEqual([
      { account: `user:${user}`, amount: -38, after: 962 }, { account: 'system:revenue', amount: 38, after: null },
      { account: `token:${token}`, amount: -38, after: 462 }, { account: 'system:token_limit', amount: 38, after: null },
    ]);
    expect(await house.sql(`select u.used_quota::int as "user", u.request_count as requests, t.used_quota::int as token, t.accessed_at is not null as accessed, c.used_quota::int as channel
      from user_account u, token t, channel c where u.id = $1 and t.id = $2 and c.id = $3`, [user, token, channel]))
      .toEqual([{ user: 38, requests: 1, token: 38, accessed: true, channel: 38 }]);
    expect(await house.sql('select quota::int, request_id from log where user_id = $1', [user])).toEqual([{ quota: 38, request_id: event.chargeId }]);
  });

  it('is remembered without a movement when nothing is charged', async () => {
    const user = await house.user(), event = usageEvent({ userId: user });
    await settlement.settle(records(relay(), [event]));
    expect(await house.sql('select amount::int from charge where charge_id = $1', [event.chargeId])).toEqual([{ amount: 0 }]);
    expect(await house.sql('select from ledger_transaction where reference = $1', [event.chargeId])).toEqual([]);
  });

  it('may take the wallet below zero, and frees no more than was lent', async () => {
    const user = await house.user(100n), relayId = relay(), leaseId = await lease(relayId, `user:${user}`, 100n);
    await settlement.settle(records(relayId, [usageEvent({ userId: user, amount: '150', draws: [{ leaseId, account: `user:${user}`, amount: '150' }] })]));
    expect(await house.account(`user:${user}`)).toEqual({ balance: -50n, leased: 0n });
  });

  it('books what the platform bears against revenue, not against the customer', async () => {
    const user = await house.user(100n), event = usageEvent({ userId: user, platformLoss: '7' });
    await settlement.settle(records(relay(), [event]));
    expect(await house.sql(`select e.account, e.amount::int from ledger_entry e join ledger_transaction t on t.id = e.transaction_id where t.reference = $1 order by e.id`, [event.chargeId]))
      .toEqual([{ account: 'system:platform_loss', amount: -7 }, { account: 'system:revenue', amount: 7 }]);
    expect((await house.account(`user:${user}`)).balance).toBe(100n);
  });

  it('that comes after its lease was lost is platform loss', async () => {
    const user = await house.user(100n), relayId = relay(), leaseId = await lease(relayId, `user:${user}`, 60n);
    await house.sql(`update lease set state = 'LOST' where id = $1`, [leaseId]);
    await house.sql(`update account set leased = 0 where name = $1`, [`user:${user}`]);
    const event = usageEvent({ userId: user, amount: '40', draws: [{ leaseId, account: `user:${user}`, amount: '40' }] });
    await settlement.settle(records(relayId, [event]));
    expect((await house.account(`user:${user}`)).balance).toBe(100n);
    expect(await house.sql('select amount::int, platform_loss::int as loss from charge where charge_id = $1', [event.chargeId])).toEqual([{ amount: 0, loss: 40 }]);
  });

  it('cannot draw on the lease of another relay or of another account', async () => {
    const user = await house.user(100n), other = await house.user(100n), leaseId = await lease('owner', `user:${other}`, 50n);
    const draws = [{ leaseId, account: `user:${other}`, amount: '10' }, { leaseId, account: `user:${user}`, amount: '10' }, { leaseId: 'x', account: `user:${user}`, amount: '1' }];
    await settlement.settle(records(relay(), [usageEvent({ userId: user, amount: '10', draws })]));
    expect(await house.account(`user:${other}`)).toEqual({ balance: 100n, leased: 50n });
    expect((await house.account(`user:${user}`)).balance).toBe(90n);
  });

  it('switches a token off that has nothing left, and tells the relays', async () => {
    const user = await house.user(100n), token = await house.token(user, 10n);
    await settlement.settle(records(relay(), [usageEvent({ userId: user, tokenId: token, amount: '10' })]));
    expect(await house.sql('select status from token where id = $1', [token])).toEqual([{ status: 'EXHAUSTED' }]);
    expect(await house.sql(`select from snapshot_change where kind = 'token' and key = $1`, [String(token)])).toHaveLength(1);
    await house.ledger.setTokenBudget(house.orm.em.fork(), token, 5n);
    expect(await house.sql('select status from token where id = $1', [token])).toEqual([{ status: 'ENABLED' }]);
  });
});

it('does not wait for ever for whoever sets a budget and edits its token meanwhile', async () => {
  const user = await house.user(1_000_000n), token = await house.token(user, 100_000n), relayId = relay();
  await Promise.all([
    ...Array.from({ length: 15 }, (_, turn) => house.orm.em.fork().transactional(async (em) => {
      await house.ledger.setTokenBudget(em, token, BigInt(100_000 + turn));
      await sqlOf(em)('update token set name = $2 where id = $1', [token, `n${turn}`]);
    })),
    (async () => { for (let turn = 1; turn <= 15; turn++) await settlement.settle(records(relayId, [usageEvent({ userId: user, tokenId: token, amount: '1' })], turn)); })(),
  ]);
  expect(await house.sum(`token:${token}`)).toBe((await house.account(`token:${token}`)).balance);
});

it('takes back what a relay returns', async () => {
  const user = await house.user(100n), relayId = relay(), leaseId = await lease(relayId, `user:${user}`, 80n);
  const settled = await settlement.settle([{ relayId, epoch: 1, sequence: 1, returned: { leaseId, account: `user:${user}`, amount: '50' } }]);
  expect(settled.freed).toEqual([`user:${user}`]);
  expect(await house.account(`user:${user}`)).toEqual({ balance: 100n, leased: 30n });
});

describe('batches', () => {
  it('are harmless twice', async () => {
    const user = await house.user(100n), batch = records(relay(), [usageEvent({ userId: user, amount: '10' }), usageEvent({ userId: user, amount: '5' })]);
    await settlement.settle(batch);
    expect(await settlement.settle(batch)).toMatchObject({ posted: 0, acks: [{ sequence: 2 }], logs: undefined });
    expect((await house.account(`user:${user}`)).balance).toBe(85n);
  });

  it('are not taken behind a gap, and the acknowledgement tells where to go on', async () => {
    const user = await house.user(100n), relayId = relay();
    await settlement.settle(records(relayId, [usageEvent({ userId: user, amount: '10' })]));
    expect(await settlement.settle(records(relayId, [usageEvent({ userId: user, amount: '10' })], 3))).toMatchObject({ posted: 0, acks: [{ sequence: 1 }] });
    expect((await house.account(`user:${user}`)).balance).toBe(90n);
  });

  it('of another life of the relay count from one again', async () => {
    const relayId = relay();
    await settlement.settle(records(relayId, [usageEvent({})]));
    expect(await settlement.settle([{ relayId, epoch: 2, sequence: 1, usage: usageEvent({}) }])).toMatchObject({ posted: 1, acks: [{ epoch: 2, sequence: 1 }] });
  });

  it('post a charge once even when two relays report it', async () => {
    const user = await house.user(100n), event = usageEvent({ userId: user, amount: '10' });
    await Promise.all([settlement.settle(records(relay(), [event])), settlement.settle(records(relay(), [event]))]);
    expect((await house.account(`user:${user}`)).balance).toBe(90n);
  });

  it('take an empty record, which the spool had forgotten', async () => {
    const relayId = relay();
    expect(await settlement.settle([{ relayId, epoch: 1, sequence: 1 }])).toMatchObject({ acks: [{ sequence: 1 }] });
  });

  it('set one bad record aside and post the others', async () => {
    const user = await house.user(100n), relayId = relay();
    const batch: ReportedRecord[] = records(relayId, [1, 2, 3, 4, 5].map(() => usageEvent({ userId: user, amount: '10' })));
    // Below −(2^53 − 1) the database refuses the balance.
    batch[1]!.usage!.amount = '9007199254740991';
    batch[3] = { relayId, epoch: 1, sequence: 4, fault: { reason: 'usage.amount: not a quota', body: '{"sequence":4}' } };
    await house.ledger.debit(house.orm.em.fork(), { account: `user:${user}`, counter: 'system:adjustment', kind: LedgerKind.ADJUSTMENT, reference: relayId, amount: 200n });
    const settled = await settlement.settle(batch);
    expect(settled.faults.map((record) => record.sequence)).toEqual([2, 4]);
    expect(settled.acks).toEqual([{ relayId, epoch: 1, sequence: 5 }]);
    expect((await house.account(`user:${user}`)).balance).toBe(-130n);
    expect(await house.sql('select sequence from dead_letter where relay_id = $1 order by id', [relayId])).toEqual([{ sequence: 2 }, { sequence: 4 }]);
  });
});

it('gives the same books however the records are cut, repeated and mixed', async () => {
  const pieces = fc.array(fc.record({ from: fc.nat(30), length: fc.integer({ min: 1, max: 12 }), relay: fc.nat(1) }), { minLength: 1, maxLength: 12 });
  await fc.assert(fc.asyncProperty(pieces, async (cuts) => {
    const user = await house.user(10_000n), token = await house.token(user, 5_000n), names = [relay(), relay()];
    const all = names.map((name, index) => records(name, Array.from({ length: 30 }, (_, at) => usageEvent({ userId: user, tokenId: token, amount: String(at + index) }))));
    for (const { from, length, relay: which } of cuts) await settlement.settle(all[which]!.slice(from, from + length));
    await Promise.all(all.map((batch) => settlement.settle(batch)));
    const total = BigInt(2 * (29 * 30) / 2 + 30);
    expect((await house.account(`user:${user}`)).balance).toBe(10_000n - total);
    expect(await house.sum(`user:${user}`)).toBe(10_000n - total);
    expect((await house.account(`token:${token}`)).balance).toBe(5_000n - total);
  }), { numRuns: 10 });
});

it('posts 256 events in a few milliseconds', async () => {
  const users = await Promise.all(Array.from({ length: 20 }, () => house.user(1_000_000n)));
  const tokens = await Promise.all(users.map((user) => house.token(user, 1_000_000n)));
  const relayId = relay(), waits: number[] = [];
  for (let batch = 0; batch < 12; batch++) {
    const events = Array.from({ length: 256 }, (_, index) => usageEvent({ userId: users[index % 20]!, tokenId: tokens[index % 20]!, amount: '38' }));
    const began = performance.now();
    await settlement.settle(records(relayId, events, 1 + 256 * batch));
    waits.push(performance.now() - began);
  }
  const median = waits.toSorted((one, other) => one - other)[6]!;
  console.log(`256 events: median ${median.toFixed(1)} ms`);
  expect(median).toBeLessThan(1_000);
});
