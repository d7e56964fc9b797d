/** Brings committed changes to the relays. One publisher works at a time, whatever the number of instances. */
import type { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from 'pino';
import { sqlOfClient, type Sql } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { crashPoint } from '../../kernel/running/crash-point.ts';
import { Loop } from '../../kernel/running/loop.ts';
import { Wake } from '../../kernel/running/wake.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { MessageSeal } from './message-seal.ts';
import { PictureBoard } from './picture-board.ts';
import { PictureStore } from './picture-store.ts';
import type { ResourceSource } from './resource-source.ts';
import type { RelayHead } from './wire/snapshot.ts';

const usualBeatMs = 1_000, standbyMs = 500;

export interface PublisherParts {
  databaseUrl: string;
  redis: Redis;
  seal: MessageSeal;
  clock: Clock;
  sources: readonly ResourceSource[];
  log: Logger;
  /** Between heartbeats, which also look whether Redis still has the picture; 1000 unless told. */
  beatMs?: number;
}

export class SnapshotPublisher implements Worker {
  private readonly loop: Loop;
  private readonly wake = new Wake();
  private isRedisAway = false;

  constructor(private readonly parts: PublisherParts) {
    this.loop = new Loop('snapshot publisher', (signal) => this.serve(signal), parts.log);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One connection's life. The lock ends with it, so whoever holds the lock is the one whose writes count. */
  private async serve(signal: AbortSignal): Promise<void> {
    const client = new pg.Client({ connectionString: this.parts.databaseUrl, connectionTimeoutMillis: 5_000, query_timeout: 30_000, keepAlive: true });
    client.on('error', () => this.wake.call());          // the next query tells what happened
    client.on('notification', () => this.wake.call());
    try {
      await client.connect();
      const sql = sqlOfClient(client);
      await sql('listen weir_snapshot');
      if (await this.lead(sql, signal)) await this.publish(sql, signal);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Waits until no other instance publishes; false when told to stop before. */
  private async lead(sql: Sql, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const [row] = await sql<{ mine: boolean }>(`select pg_try_advisory_lock(hashtext('weir.snapshot_publisher')) as mine`);
      if (row?.mine) return true;
      await new Promise<void>((resolve) => { setTimeout(resolve, standbyMs); });
    }
    return false;
  }

  private async publish(sql: Sql, signal: AbortSignal): Promise<void> {
    const { beatMs = usualBeatMs } = this.parts;
    const store = new PictureStore(this.parts.sources), board = new PictureBoard(this.parts.redis, this.parts.seal, this.parts.clock);
    await this.rebuild(sql, store, board);
    for (let beatAt = performance.now() + beatMs; !signal.aborted;) {
      await this.wake.wait(beatAt - performance.now(), signal);
      const isDue = performance.now() >= beatAt;
      if (isDue) beatAt = performance.now() + beatMs;
      // While the board is lost nothing is collected: the rebuild covers every change.
      const changed = board.isLost ? undefined : await store.collect(sql);
      if (changed) crashPoint('before-publish');
      const isTold = changed ? await this.onRedis(() => board.apply(changed)) : isDue && (await this.onRedis(() => board.beat()));
      if (board.isLost && isTold) await this.rebuild(sql, store, board);
    }
  }

  private async rebuild(sql: Sql, store: PictureStore, board: PictureBoard): Promise<void> {
    // First Redis: while it is away there is no point in reading everything.
    let present: RelayHead | undefined;
    if (!(await this.onRedis(async () => { present = await board.present(); }))) return;
    const { resources, ...version } = await store.rebuild(sql, present);
    await this.onRedis(() => board.rewrite(version, resources));
  }

  /** False when Redis failed: the board is then lost, and is written again when Redis is back. */
  private async onRedis(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      if (this.isRedisAway) this.parts.log.info('snapshot publisher: Redis is back');
      this.isRedisAway = false;
      return true;
    } catch (error) {
      if (!this.isRedisAway) this.parts.log.error({ err: error }, 'snapshot publisher: Redis cannot be reached');
      this.isRedisAway = true;
      return false;
    }
  }
}
