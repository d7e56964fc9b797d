/** Hears notifications of PostgreSQL on a connection of its own. They may be missed: `onConnect` looks for itself. */
import pg from 'pg';
import type { Logger } from 'pino';
import { Loop } from '../kernel/running/loop.ts';
import type { Worker } from '../kernel/running/worker.ts';
import { sqlOfClient, type Sql } from './sql.ts';

export interface ListenerOptions {
  databaseUrl: string;
  channel: string;
  log: Logger;
  onMessage: (payload: string) => void;
  /** After each connection: whatever was notified before was not heard. */
  onConnect?: (sql: Sql) => Promise<void>;
}

const livelinessMs = 10_000;

export class PgListener implements Worker {
  private readonly loop: Loop;

  constructor(private readonly options: ListenerOptions) {
    this.loop = new Loop(`listener on ${options.channel}`, (signal) => this.serve(signal), options.log);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async serve(signal: AbortSignal): Promise<void> {
    const { databaseUrl, channel, onMessage, onConnect } = this.options;
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000, query_timeout: 10_000, keepAlive: true });
    let fail: (error: Error) => void = () => {};
    const lost = new Promise<never>((_, reject) => { fail = reject; });
    lost.catch(() => {});                                // awaited below, and perhaps too late for Node
    client.on('error', fail).on('end', () => fail(new Error('The connection was closed')));
    client.on('notification', (message) => onMessage(message.payload ?? ''));
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    let timer: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      await onConnect?.(sqlOfClient(client));
      timer = setInterval(() => { client.query('select').catch(fail); }, livelinessMs);   // a dead peer shows here
      await Promise.race([lost, stopped]);
    } finally {
      clearInterval(timer);
      await client.end().catch(() => {});
    }
  }
}
