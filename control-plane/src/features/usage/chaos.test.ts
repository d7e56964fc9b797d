import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { systemClock } from '../../kernel/running/clock.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import { FakeRelay } from '../../testing/fake-relay.ts';
import { MoneyHouse, usageEvent } from '../../testing/money-house.ts';
import { LeaseAuthority } from '../lease/lease-authority.ts';
import { LeaseReaper } from '../lease/lease-reaper.ts';
import { audit, isClean, printAudit } from '../ledger/auditor.ts';
import { Settlement } from './settlement.ts';
import { UsageConsumer } from './usage-consumer.ts';

let house: MoneyHouse, admin: pg.Client;
const workers: Worker[] = [];

/** Two control planes on one database and one Redis. */
beforeAll(async () => {
  house = await MoneyHouse.open();
  admin = new pg.Client({ connectionString: house.databaseUrl, application_name: 'chaos' });
  await admin.connect();
  const { orm, databaseUrl, redis, seal, relays, log } = house;
  for (let instance = 0; instance < 2; instance++) {
    const authority = new LeaseAuthority({ orm, databaseUrl, redis, seal, relays, log });
    const freed = (accounts: Iterable<string>) => authority.freed(accounts);
    workers.push(authority, new LeaseReaper(orm, freed, log), new UsageConsumer({ redis, seal, relays, settlement: new Settlement(orm, systemClock), freed, log }));
  }
  for (const worker of workers) await worker.start();
});
afterAll(async () => {
  for (const worker of workers.toReversed()) await worker.stop();
  await admin.end();
  await house.close();
});

const killBackends = () => admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name <> 'chaos'`);

const settled = (relays: readonly FakeRelay[]) => eventually(() => expect(relays.map((relay) => relay.isShipped)).toEqual(relays.map(() => true)), 15_000);

/** A session that was killed while it lay idle in the pool says so to whoever uses it next: that shall not be an assertion. */
const freshConnections = () => eventually(() => Promise.all(Array.from({ length: 20 }, () => house.sql('select pg_sleep(0.05)'))));

async function outcomes(): Promise<{ charges: string; amount: string; log: string; sums: string }> {
  const [row] = await house.sql<{ charges: string; amount: string; log: string; sums: string }>(`select (select count(*) from charge) as charges,
    (select coalesce(sum(amount), 0) from charge) as amount, (select count(*) from log where type = 2) as log,
    (select coalesce(-sum(amount), 0) from ledger_entry e join ledger_transaction t on t.id = e.transaction_id where t.kind = 'CONSUME' and e.account like 'user:%') as sums`);
  return row!;
}

it('takes what is cut, repeated and out of order, and loses nothing', async () => {
  const user = await house.user(100_000n), relay = await FakeRelay.start(house);
  for (let count = 0; count < 600; count++) relay.record({ usage: usageEvent({ userId: user, amount: '3' }) });
  const piece = (from: number, to: number) => relay.append('weir:usage', { relayId: relay.id, epoch: 1, records: relay.spool.slice(from, to) });
  await piece(300, 500);
  await piece(0, 200);
  await piece(100, 350);
  await piece(0, 200);
  await house.redis.xadd('weir:usage', '*', 'body', '{}', 'mac', '0'.repeat(64));
  await house.redis.xadd('weir:usage', '*', 'nonsense', '1');
  await relay.append('weir:usage', { relayId: relay.id, epoch: 1, records: 'none' });
  await settled([relay]);
  expect((await house.account(`user:${user}`)).balance).toBe(100_000n - 1_800n);
  relay.stop();
});

it('keeps the books through wiped Redis, killed sessions and repeated shipping', async () => {
  const cost = 10n, user = await house.user(1_000_000n), before = await outcomes();
  const relays = await Promise.all(Array.from({ length: 3 }, () => FakeRelay.start(house)));
  let isOver = false, served = 0;
  const harms = [() => house.redis.flushdb(), killBackends, () => relays[0]!.ship(0), () => relays[1]!.ship(Math.max(0, relays[1]!.acked - 5))];
  const chaos = (async () => {
    for (let turn = 0; !isOver; turn++) {
      await pause(120);
      await harms[turn % harms.length]!();
    }
  })();
  await Promise.all(relays.flatMap((relay) => Array.from({ length: 8 }, async () => {
    for (let request = 0; request < 100; request++) {
      if (await relay.serve(user, cost)) served++;
      await pause(5);
    }
  })));
  await pause(500);
  isOver = true;
  await chaos;
  await settled(relays);
  await freshConnections();
  const after = await outcomes();
  const posted = BigInt(after.charges) - BigInt(before.charges);
  console.log(`chaos: ${served} of 2400 served, ${posted} posted`);
  expect(served).toBeGreaterThan(0);
  expect(posted).toBe(BigInt(served));
  expect(BigInt(after.log) - BigInt(before.log)).toBe(BigInt(served));
  expect(after.amount).toBe(after.sums);
  expect((await house.account(`user:${user}`)).balance).toBe(1_000_000n - cost * BigInt(served));
  const lines = await audit(house.sql);
  expect(isClean(lines), printAudit(lines)).toBe(true);
  relays.forEach((relay) => relay.stop());
}, 60_000);
