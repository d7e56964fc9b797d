/** Subscriptions that tell what has changed, and the end of what they keep. */
import { setTimeout as pause } from 'node:timers/promises';
import { rest } from '../../kernel/running/rest.ts';
import { sqlOf } from '../../database/sql.ts';
import { LiveHub } from '../../features/live/live-hub.ts';
import { LiveResolver } from '../../features/live/live.resolver.ts';
import { Pulse } from '../../features/live/pulse.ts';
import { UsageTickerResolver } from '../../features/statistics/ticker/usage-ticker.resolver.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { Loop } from '../../kernel/running/loop.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { Foundation } from '../services.ts';

const hourMs = 60 * 60_000;

export function liveSide({ orm, clock, log }: Pick<Foundation, 'orm' | 'clock' | 'log'>, cursors: Cursors): { resolvers: object[]; workers: Worker[] } {
  const fork = () => orm.em.fork(), hub = new LiveHub(new Pulse(() => sqlOf(fork())), cursors);
  const forgetting = new Loop('old changes', async (signal) => {
    await sqlOf(fork())(`delete from live_change where at < now() - interval '1 day'`);
    await pause(hourMs, undefined, { signal, ref: false });
  }, log);
  return { resolvers: [new LiveResolver(hub, fork), new UsageTickerResolver(hub, { sql: () => sqlOf(fork()), clock, sleep: rest })], workers: [forgetting] };
}
