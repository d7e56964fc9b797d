/** The relay's half against a real Valkey; the authority on the other side of the streams is a script. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { testRedis } from '../../../scripts/testing/database.ts';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { Failure } from '../failure/failure.ts';
import type { LeaseRequest, RelayMessage, SpoolRecord, UsageBatch } from '../gql/types.gen.ts';
import { MessageSeal } from '../link/message-seal.ts';
import { RedisLink } from '../link/redis-link.ts';
import { freezingProxy } from '../link/testing/freezing-proxy.ts';
import { Wires } from '../link/wires.ts';
import { systemClock } from '../trace/clock.ts';
import { namedBatch } from '../usage/testing/named-records.ts';
import { openMoney, type Money } from './money.ts';
import { admission, served, used } from './testing/exchange.ts';
import { systemTiming } from './timing.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => { for (const cleanup of cleanups.splice(0).reverse()) await cleanup(); });

/** Grants what is asked for, collects what is reported, acknowledges when told to. */
class ScriptedAuthority {
  readonly records: SpoolRecord[] = [];
  readonly requests: LeaseRequest[] = [];
  acknowledges = true;
  private readonly redis: Redis;
  private readonly seal: MessageSeal;
  private seen = { 'weir:leases': '0-0', 'weir:usage': '0-0' };

  constructor(redis: Redis, seal: MessageSeal) { this.redis = redis; this.seal = seal; }

  /** Reads both streams until the connection is closed. */
  async run(): Promise<void> {
    for (;;) {
      const read = await this.redis.xread('COUNT', 100, 'BLOCK', 20, 'STREAMS', 'weir:leases', 'weir:usage', this.seen['weir:leases'], this.seen['weir:usage']).catch(() => undefined);
      if (read === undefined) return;
      for (const [stream, entries] of read ?? []) for (const [id, [, body = '', , mac = '']] of entries) {
        if (stream !== 'weir:leases' && stream !== 'weir:usage') continue;
        this.seen[stream] = id;
        expect(this.seal.verify(`${stream}\n${body}`, mac)).toBe(true);
        if (stream === 'weir:leases') this.lend(JSON.parse(body)); else this.take(namedBatch(body));
      }
    }
  }

  forgetPosition(): void { this.seen = { 'weir:leases': '0-0', 'weir:usage': '0-0' }; }

  private lend(request: LeaseRequest): void {
    this.requests.push(request);
    const grants = request.wants.map(({ account, prefer }) => ({ account, leaseId: `${request.nonce}.${account}`, granted: prefer, available: '1000', refusal: null }));
    this.tell(request.relayId, { lease: { nonce: request.nonce, grants, renewed: request.renew, lifeMs: 570_000 } });
  }

  private take({ relayId, epoch, records }: UsageBatch): void {
    for (const record of records) if (record.sequence === this.records.length + 1) this.records.push(record);
    if (this.acknowledges) this.tell(relayId, { ack: { epoch, sequence: this.records.length } });
  }

  private tell(relayId: string, message: RelayMessage): void {
    const channel = `weir:relay:${relayId}`;
    void this.redis.publish(channel, this.seal.pack(channel, JSON.stringify(message)));
  }
}

async function start(): Promise<{ money: Money; authority: ScriptedAuthority; redis: Redis; proxy: Awaited<ReturnType<typeof freezingProxy>> }> {
  const url = testRedis();
  const proxy = await freezingProxy(url);
  const [redis, script] = [new Redis(url), new Redis(url)];
  await redis.flushdb();
  const seal = new MessageSeal(randomBytes(32));
  const wires = new Wires({ redisUrl: proxy.url, random: Math.random, log: { info: () => undefined, warn: () => undefined } });
  const link = new RedisLink(wires, seal, { id: randomBytes(8).toString('hex'), epoch: 1 }, systemClock);
  const folder = mkdtempSync(join(tmpdir(), 'weir-money-'));
  await eventually(() => expect(link.connected).toBe(true));
  const money = openMoney({ folder, link, timing: systemTiming, nonce: randomUUID, report: () => undefined });
  const authority = new ScriptedAuthority(script, seal);
  const running = authority.run();
  cleanups.push(() => { rmSync(folder, { recursive: true }); }, () => proxy.close(), () => redis.quit(), () => link.close(),
    async () => { script.disconnect(); await running; }, () => money.close(100));
  return { money, authority, redis, proxy };
}

async function exchange(money: Money, chargeId: string): Promise<void> {
  const reservation = await money.desk.reserve(admission(chargeId, 100));
  if (reservation instanceof Failure) throw new Error(reservation.code);
  reservation.answered(served);
  reservation.settle(used({ input: 5, output: 6 }));
}

it('borrows, charges, ships without being asked and forgets what is acknowledged', async () => {
  const { money, authority } = await start();
  await exchange(money, 'a');
  await eventually(() => expect(authority.records.map(({ usage }) => usage?.chargeId)).toEqual(['a']));
  await eventually(() => expect(money.level().unshipped).toBe(0));
  expect(authority.requests.some((request) => request.recovered)).toBe(true);
});

it('a thousand charges of many at once arrive once each and in order', async () => {
  const { money, authority } = await start();
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => exchange(money, `c${index}`)));
  await eventually(() => expect(authority.records).toHaveLength(1_000));
  expect(new Set(authority.records.map(({ usage }) => usage?.chargeId)).size).toBe(1_000);
  expect(authority.records.map(({ sequence }) => sequence)).toEqual(authority.records.map((_, index) => index + 1));
});

it('ships again what a wipe of Redis took away', async () => {
  const { money, authority, redis, proxy } = await start();
  await exchange(money, 'before');
  await eventually(() => expect(money.level().unshipped).toBe(0));
  proxy.freeze();
  await exchange(money, 'meanwhile');
  await redis.flushdb();
  authority.forgetPosition();
  proxy.thaw();
  await eventually(() => expect(authority.records.map(({ usage }) => usage?.chargeId)).toEqual(['before', 'meanwhile']));
  await eventually(() => expect(money.level().unshipped).toBe(0));
});
