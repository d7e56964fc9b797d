import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf } from '../../database/sql.ts';
import { systemClock } from '../../kernel/running/clock.ts';
import { FakeRelay } from '../../testing/fake-relay.ts';
import { MoneyHouse } from '../../testing/money-house.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import { Settlement } from '../usage/settlement.ts';
import { UsageConsumer } from '../usage/usage-consumer.ts';
import { LeaseAuthority } from './lease-authority.ts';
import { LeaseBook } from './lease-book.ts';

let house: MoneyHouse, authority: LeaseAuthority, usage: UsageConsumer, relays: FakeRelay[] = [];

beforeAll(async () => {
  house = await MoneyHouse.open();
  const { orm, databaseUrl, redis, seal, relays: channel, log } = house;
  authority = new LeaseAuthority({ orm, databaseUrl, redis, seal, relays: channel, log });
  usage = new UsageConsumer({ redis, seal, relays: channel, settlement: new Settlement(orm, systemClock), freed: (accounts) => authority.freed(accounts), log });
  authority.start();
  usage.start();
});
afterAll(async () => {
  await usage.stop();
  await authority.stop();
  await house.close();
});
afterEach(() => { relays.forEach((relay) => relay.stop()); relays = []; });

const start = async (id?: string, epoch?: number) => {
  const relay = await FakeRelay.start(house, id, epoch);
  relays.push(relay);
  return relay;
};
const want = (user: number, need: number, prefer = need) => ({ wants: [{ account: `user:${user}`, need: String(need), prefer: String(prefer) }] });
const grantOf = async (relay: FakeRelay, user: number, need: number, prefer?: number) => (await relay.ask(want(user, need, prefer)))!.grants[0]!;

it('lends at least what is needed, at most what is preferred, in between a quarter of what is free', async () => {
  const relay = await start();
  expect(await grantOf(relay, await house.user(1_000n), 10, 100)).toMatchObject({ granted: '100', available: '900', refusal: null });
  expect(await grantOf(relay, await house.user(1_000n), 10, 10_000)).toMatchObject({ granted: '250' });
  expect(await grantOf(relay, await house.user(100n), 90, 10_000)).toMatchObject({ granted: '90', available: '10' });
});

it.each([
  { name: 'a wallet that is too low', set: async () => `user:${await house.user(5n)}`, refusal: 'INSUFFICIENT', available: '5' },
  { name: 'a user without a wallet', set: async () => `user:${await house.user()}`, refusal: 'INSUFFICIENT', available: '0' },
  { name: 'nobody', set: async () => 'user:999999', refusal: 'UNKNOWN_ACCOUNT', available: '0' },
  { name: 'no token', set: async () => 'token:999999', refusal: 'UNKNOWN_ACCOUNT', available: '0' },
  {
    name: 'a frozen wallet', refusal: 'FROZEN', available: '100', set: async () => {
      const user = await house.user(100n);
      await house.sql('update account set frozen = true where name = $1', [`user:${user}`]);
      return `user:${user}`;
    },
  },
])('refuses $name', async ({ set, refusal, available }) => {
  const relay = await start();
  const answer = await relay.ask({ wants: [{ account: await set(), need: '10', prefer: '10' }] });
  expect(answer!.grants).toEqual([{ account: expect.any(String) as string, leaseId: null, granted: '0', available, refusal }]);
});

it('needs something in the wallet for what costs nothing', async () => {
  const relay = await start();
  expect((await grantOf(relay, await house.user(), 0)).refusal).toBe('INSUFFICIENT');
  expect((await grantOf(relay, await house.user(3n), 0)).granted).toBe('1');
});

it('answers within a few milliseconds', async () => {
  const relay = await start(), user = await house.user(1_000_000n), waits: number[] = [];
  for (let turn = 0; turn < 50; turn++) {
    const began = performance.now();
    await relay.ask(want(user, 1));
    waits.push(performance.now() - began);
  }
  const median = waits.toSorted((one, other) => one - other)[25]!;
  console.log(`lease: median ${median.toFixed(1)} ms`);
  expect(median).toBeLessThan(500);
});

it('gives the same lease to the same question', async () => {
  const relay = await start(), user = await house.user(1_000n), question = { ...want(user, 10), nonce: 'same' };
  const first = await relay.ask(question);
  expect((await relay.ask(question))!.grants[0]!.leaseId).toBe(first!.grants[0]!.leaseId);
  expect((await house.account(`user:${user}`)).leased).toBe(10n);
});

it('drops a question that nobody waits for any more', async () => {
  const relay = await start(), user = await house.user(1_000n), body = JSON.stringify({ relayId: relay.id, epoch: 1, nonce: 'late', ...want(user, 10), renew: [], recovered: false });
  const [seconds] = await house.redis.time();
  // In a stream of its own time: entries after it would be refused by Redis.
  await house.redis.xgroup('SETID', 'weir:leases', 'authority', '0').catch(() => {});
  await house.redis.del('weir:leases');
  await house.redis.xadd('weir:leases', `${(Number(seconds) - 5) * 1_000}-0`, 'body', body, 'mac', house.seal.mac(`weir:leases\n${body}`));
  await grantOf(relay, await house.user(10n), 1);
  expect((await house.account(`user:${user}`)).leased).toBe(0n);
});

it('lends nothing on a forged question', async () => {
  const relay = await start(), user = await house.user(1_000n), body = JSON.stringify({ relayId: relay.id, epoch: 1, nonce: 'forged', ...want(user, 10), renew: [], recovered: false });
  await house.redis.xadd('weir:leases', '*', 'body', body, 'mac', house.seal.mac(`weir:usage\n${body}`));
  await grantOf(relay, await house.user(10n), 1);
  expect((await house.account(`user:${user}`)).leased).toBe(0n);
});

it('recalls what others do not use', async () => {
  const [rich, poor] = [await start(), await start()], user = await house.user(100n);
  expect(await rich.reserve(`user:${user}`, 10n)).toBeDefined();         // holds 25, uses 10
  expect(await grantOf(poor, user, 80)).toMatchObject({ granted: '80', refusal: null });
  expect(rich.recalls).toBeGreaterThan(0);
  await eventually(async () => expect(await house.account(`user:${user}`)).toEqual({ balance: 100n, leased: 90n }));
});

it('refuses after two seconds when what is lent is in use', async () => {
  const [one, other] = [await start(), await start()], user = await house.user(100n);
  await one.reserve(`user:${user}`, 100n);
  const began = performance.now();
  expect(await grantOf(other, user, 10)).toMatchObject({ refusal: 'INSUFFICIENT', available: '0' });
  expect(performance.now() - began).toBeGreaterThan(1_900);
});

it('answers who can be answered without waiting for the others', async () => {
  const [one, other] = [await start(), await start()], taken = await house.user(100n), free = await house.user(100n);
  await one.reserve(`user:${taken}`, 100n);
  const answer = await other.ask({ wants: [taken, free].map((user) => ({ account: `user:${user}`, need: '10', prefer: '10' })) });
  expect(answer!.grants).toEqual([expect.objectContaining({ account: `user:${free}`, granted: '10' })]);
});

it('hands out what was given back without waiting for what is not', async () => {
  const [one, other] = [await start(), await start()], taken = await house.user(100n), idle = await house.user(100n);
  await one.reserve(`user:${taken}`, 100n);
  await one.reserve(`user:${idle}`, 10n);                                // holds 25, uses 10
  const answer = await other.ask({ wants: [{ account: `user:${taken}`, need: '10', prefer: '10' }, { account: `user:${idle}`, need: '80', prefer: '80' }] });
  expect(answer!.grants).toEqual([expect.objectContaining({ account: `user:${idle}`, granted: '80' })]);
});

it('prolongs only leases of this relay and life', async () => {
  const [relay, other] = [await start(), await start()], user = await house.user(100n);
  const mine = (await grantOf(relay, user, 10)).leaseId!, theirs = (await grantOf(other, user, 10)).leaseId!;
  await house.sql(`update lease set expires_at = now() + interval '1 second' where id = any($1)`, [[mine, theirs]]);
  expect((await relay.ask({ renew: [mine, theirs, 'x'] }))!.renewed).toEqual([mine]);
});

it('fences off an older life, and frees what it held once its spool is posted', async () => {
  const user = await house.user(100n), before = await start('reborn', 1), lease = (await grantOf(before, user, 60)).leaseId!;
  const after = await start('reborn', 2);
  await after.ask({});
  expect(await grantOf(before, user, 10)).toMatchObject({ leaseId: null, refusal: 'STALE_EPOCH' });
  expect((await before.ask({ renew: [lease] }))!.renewed).toEqual([]);
  expect((await house.account(`user:${user}`)).leased).toBe(60n);
  await after.ask({ recovered: true });
  expect((await house.account(`user:${user}`)).leased).toBe(0n);
});

it('closes a lease whose answer never arrived', async () => {
  const user = await house.user(100n), relay = await start();
  const lease = (await grantOf(relay, user, 60)).leaseId!;
  await house.sql(`update lease set granted_at = granted_at - interval '80 seconds', expires_at = expires_at - interval '80 seconds' where id = $1`, [lease]);
  const book = new LeaseBook();
  await house.orm.em.fork().transactional((em) => book.closeUnheard(sqlOf(em), { relayId: relay.id, epoch: 1, nonce: '' }));
  expect((await house.account(`user:${user}`)).leased).toBe(0n);
});

it('blocks what a vanished relay held for a day, and then gives it back', async () => {
  const user = await house.user(100n), relay = await start(), book = new LeaseBook();
  const lease = (await grantOf(relay, user, 60)).leaseId!, empty = (await grantOf(relay, user, 5)).leaseId!;
  relay.record({ returned: { leaseId: empty, account: `user:${user}`, amount: '5' } });
  await eventually(() => expect(relay.isShipped).toBe(true));
  const age = async (interval: string) => {
    await house.sql(`update lease set expires_at = now() - $2::interval where id = any($1)`, [[lease, empty], interval]);
    await house.orm.em.fork().transactional((em) => book.reap(sqlOf(em)));
    return (await house.sql<{ state: string }>('select state from lease where id = any($1) order by id', [[lease, empty]])).map((row) => row.state);
  };
  expect(await age('1 second')).toEqual(['SUSPENSE', 'CLOSED']);
  expect((await house.account(`user:${user}`)).leased).toBe(60n);
  expect(await age('25 hours')).toEqual(['LOST', 'CLOSED']);
  expect((await house.account(`user:${user}`)).leased).toBe(0n);
});

it('takes free parts back when an account has lent more than it has', async () => {
  const user = await house.user(100n), relay = await start();
  await relay.reserve(`user:${user}`, 10n);
  await house.ledger.debit(house.orm.em.fork(), { account: `user:${user}`, counter: 'system:adjustment', kind: LedgerKind.ADJUSTMENT, reference: `d${user}`, amount: 95n });
  await eventually(async () => expect((await house.account(`user:${user}`)).leased).toBe(10n));
});

it('serves exactly what a balance pays for, with eight relays and two thousand requests at once', async () => {
  const cost = 700n, balance = 1_000n * cost + 699n, user = await house.user(balance);
  const all = await Promise.all(Array.from({ length: 8 }, () => start()));
  const began = performance.now();
  const served = (await Promise.all(all.flatMap((relay) => Array.from({ length: 250 }, () => relay.serve(user, cost))))).filter(Boolean).length;
  await eventually(() => expect(all.every((relay) => relay.isShipped)).toBe(true));
  console.log(`2000 requests of 8 relays: ${served} served in ${(performance.now() - began).toFixed(0)} ms, ${all.reduce((sum, relay) => sum + relay.recalls, 0)} recalls`);
  expect(served).toBe(1_000);
  expect((await house.account(`user:${user}`)).balance).toBe(699n);
  expect(await house.sum(`user:${user}`)).toBe(699n);
}, 30_000);
