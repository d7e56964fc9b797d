/** The log: pages, the live log, and the partitions that it needs next month. */
import { setTimeout as pause } from 'node:timers/promises';
import { sqlOf } from '../../database/sql.ts';
import { LogList } from '../../features/log/log-list.ts';
import { makeLogPartitions } from '../../features/log/log-partitions.ts';
import { LogDeleteResolver } from '../../features/log/log-delete.resolver.ts';
import { LogAttemptResolver } from '../../features/log/log-attempt.resolver.ts';
import { LogResolver } from '../../features/log/log.resolver.ts';
import { LogTailResolver } from '../../features/log/tail/log-tail.resolver.ts';
import { TailFeed } from '../../features/log/tail/tail-feed.ts';
import { TailHub } from '../../features/log/tail/tail-hub.ts';
import { TokenLogsResolver } from '../../features/log/token-logs.resolver.ts';
import { ViewerLogsResolver } from '../../features/log/viewer-logs.resolver.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { Loop } from '../../kernel/running/loop.ts';
import { deriveKey } from '../../kernel/secret-box.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { JobSide } from './job-side.ts';
import type { Foundation } from '../services.ts';

const dayMs = 24 * 60 * 60_000;

type Base = Pick<Foundation, 'orm' | 'clock' | 'redis' | 'config' | 'log'>;

export function logSide({ orm, clock, redis, config, log }: Base, cursors: Cursors, jobs: Pick<JobSide, 'service' | 'runner'>): { resolvers: object[]; workers: Worker[] } {
  const list = new LogList(cursors), feed = new TailFeed(orm, redis, log);
  const partitions = new Loop('log partitions', async (signal) => {
    await makeLogPartitions(sqlOf(orm.em.fork()), clock.now());
    await pause(dayMs, undefined, { signal, ref: false });
  }, log);
  return {
    resolvers: [new LogDeleteResolver(jobs.service, jobs.runner), new LogResolver(list), new LogAttemptResolver(), new LogTailResolver(new TailHub(orm, feed, cursors, clock)), new TokenLogsResolver(list, deriveKey(config.masterKey, 'token-lookup')), new ViewerLogsResolver(list)],
    workers: [partitions, feed],
  };
}
