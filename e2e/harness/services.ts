/** PostgreSQL and Redis of one house, in the form in which a scenario can hurt them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { isAlive, type Service, stopPid } from '../../scripts/services/child.ts';
import { startPostgres } from '../../scripts/services/postgres.ts';
import { startRedis } from '../../scripts/services/redis.ts';
import { testDatabase } from '../../scripts/testing/database.ts';
import { until } from './until.ts';

export class Breakable {
  readonly url: string;
  #service: Service;
  readonly #again: (port: number) => Promise<Service>;

  constructor(service: Service, again: (port: number) => Promise<Service>) {
    this.#service = service;
    this.#again = again;
    this.url = service.url;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#service.pid !== undefined && isAlive(this.#service.pid)) process.kill(this.#service.pid, signal);
  }

  freeze(): void { this.#signal('SIGSTOP'); }
  thaw(): void { this.#signal('SIGCONT'); }

  isRunning(): boolean { return this.#service.pid === undefined || isAlive(this.#service.pid); }

  async kill(): Promise<void> {
    if (this.#service.pid !== undefined) await stopPid(this.#service.pid, 'SIGKILL');
  }

  /** Starts it again at the same address. */
  async start(): Promise<void> {
    const port = Number(new URL(this.url).port);
    // After a kill the old backends hold on for a moment.
    this.#service = await until('the service starts again', 15_000, () => this.#again(port));
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.#service.stop();
  }
}

export interface Services { postgres: Breakable | undefined; databaseUrl: string; redis: Breakable; flushRedis(): Promise<void>; mend(): Promise<void>; stop(): Promise<void> }

/**
 * A Redis of its own (21 ms), since pub/sub knows no databases; and a database on the test run's PostgreSQL, or with
 * `ownPostgres` a PostgreSQL of its own that keeps its promises when it is killed.
 */
export async function startServices(ownPostgres: boolean): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-house-'));
  const redisAgain = (port?: number): Promise<Service> => startRedis(join(folder, 'redis'), { own: true, throwaway: true, ...(port && { port }) });
  const postgresAgain = (port?: number): Promise<Service> => startPostgres(join(folder, 'postgres'), { own: true, ...(port && { port }) });
  const redis = new Breakable(await redisAgain(), redisAgain);
  const postgres = ownPostgres ? new Breakable(await postgresAgain(), postgresAgain) : undefined;
  return {
    redis, postgres,
    databaseUrl: postgres ? postgres.url : await testDatabase(),
    async flushRedis() {
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    },
    async mend() {
      for (const service of [redis, postgres]) {
        service?.thaw();
        if (service?.isRunning() === false) await service.start();
      }
    },
    async stop() {
      await Promise.all([redis.stop(), postgres?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
