/** The money side of a control plane against real PostgreSQL and Redis, with relays played by the test. */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { MikroORM } from '@mikro-orm/postgresql';
import pino from 'pino';
import { testDatabase, testRedis } from '../../../scripts/testing/database.ts';
import { openDatabase } from '../database/orm.ts';
import { sqlOf, type Sql } from '../database/sql.ts';
import { systemClock } from '../kernel/running/clock.ts';
import { LedgerKind } from '../features/ledger/ledger-transaction.entity.ts';
import { LedgerService } from '../features/ledger/ledger.service.ts';
import { MessageSeal } from '../features/relay-link/message-seal.ts';
import { RelayChannel } from '../features/relay-link/relay-channel.ts';
import { StreamEnd, UsageOutcome, UsageSource, type UsageEvent } from '../features/relay-link/wire/usage.ts';

let serial = 0;

export class MoneyHouse {
  readonly seal = new MessageSeal(randomBytes(32));
  readonly log = pino({ level: process.env.WEIR_TEST_LOG ?? 'silent' });
  readonly ledger = new LedgerService(systemClock);
  readonly relays: RelayChannel;

  private constructor(readonly orm: MikroORM, readonly databaseUrl: string, readonly redis: Redis) {
    this.relays = new RelayChannel(redis, this.seal);
  }

  static async open(): Promise<MoneyHouse> {
    const databaseUrl = await testDatabase();
    const redis = new Redis(testRedis(), { commandTimeout: 2_000, maxRetriesPerRequest: 1 });
    redis.on('error', () => {});
    await redis.flushdb();
    return new MoneyHouse(await openDatabase(databaseUrl), databaseUrl, redis);
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await this.orm.close(true);
  }

  get sql(): Sql {
    return sqlOf(this.orm.em.fork());
  }

  async user(balance = 0n): Promise<number> {
    const name = `u${++serial}`;
    const [row] = await this.sql<{ id: number }>(`insert into user_account (username, password_hash, created_at) values ($1, '', now()) returning id`, [name]);
    if (balance > 0n) {
      await this.ledger.credit(this.orm.em.fork(), { account: `user:${row!.id}`, counter: 'system:promo', kind: LedgerKind.GRANT, reference: `gift ${name}`, amount: balance });
    }
    return row!.id;
  }

  /** Null: unlimited. */
  async token(userId: number, budget: bigint | null = null): Promise<number> {
    const name = `t${++serial}`;
    const [row] = await this.sql<{ id: number }>(`insert into token (user_id, key_hash, masked_key, name, created_at, unlimited, allow_ips)
      values ($1, $2, '', $2, now(), $3, '{}') returning id`, [userId, name, budget === null]);
    await this.ledger.setTokenBudget(this.orm.em.fork(), row!.id, budget);
    return row!.id;
  }

  async channel(): Promise<number> {
    const [row] = await this.sql<{ id: number }>(`insert into channel (name, type, models, group_names, created_at) values ('c', 1, '{}', '{}', now()) returning id`);
    return row!.id;
  }

  async account(name: string): Promise<{ balance: bigint; leased: bigint }> {
    const [row] = await this.sql<{ balance: string; leased: string }>('select balance::text, leased::text from account where name = $1', [name]);
    return { balance: BigInt(row?.balance ?? 0), leased: BigInt(row?.leased ?? 0) };
  }

  /** Sum of the entries, which is the truth. */
  async sum(name: string): Promise<bigint> {
    const [row] = await this.sql<{ sum: string }>('select coalesce(sum(amount), 0)::text as sum from ledger_entry where account = $1', [name]);
    return BigInt(row!.sum);
  }
}

export function usageEvent(over: Partial<UsageEvent>): UsageEvent {
  return {
    chargeId: `charge-${++serial}`, outcome: UsageOutcome.SETTLED, startedAt: 1_700_000_000_000, endedAt: 1_700_000_001_000, userId: 0, tokenId: 0,
    group: 'default', model: 'gpt-4o', upstreamModel: null, channelId: null, attempts: [], dialect: 'openai-chat', path: '/v1/chat/completions', stream: false,
    status: 200, failure: null, end: StreamEnd.COMPLETE, firstByteMs: 10,
    tokens: { input: 10, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 5, reasoning: 0, outputAudio: 0 },
    source: UsageSource.UPSTREAM, price: null, hold: '0', amount: '0', platformLoss: '0', draws: [], clientAddress: '203.0.113.9', clientRequestId: null,
    snapshotVersion: 1, ...over,
  };
}
