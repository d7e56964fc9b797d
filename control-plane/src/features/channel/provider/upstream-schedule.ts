/** Asks providers for their models every so often, for channels that want it. Of several control planes one begins each run. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { Loop } from '../../../kernel/running/loop.ts';
import type { JobQueue } from '../../job/job-queue.ts';
import { readOptions } from '../../option/option-values.ts';
import { upstreamDetectName } from './upstream-detect.job.ts';
import { watchedChannels } from './upstream-watch.ts';

const option = 'monitor_setting.upstream_model_update_minutes', lookEveryMs = 60_000, minuteMs = 60_000;

/** Begins a run when the last one began long enough ago and some channel wants one. @returns whether it did */
export async function detectIfDue(em: EntityManager, queue: JobQueue, clock: Clock): Promise<boolean> {
  const sql = sqlOf(em), minutes = Number((await readOptions(sql, [option])).get(option));
  if (minutes === 0) return false;
  const since = new Date(clock.now().getTime() - minutes * minuteMs);
  const recent = await sql(`select from job where kind = $1 and created_at > $2 and input->>'watched' = 'true' limit 1`, [upstreamDetectName, since]);
  if (recent.length > 0 || (await watchedChannels(em)).length === 0) return false;
  return await queue.add(em, { name: upstreamDetectName }, { input: { ids: null, watched: true }, exclusiveKey: upstreamDetectName }) !== undefined;
}

export const upstreamSchedule = (fork: () => EntityManager, queue: JobQueue, clock: Clock, log: Logger): Loop =>
  new Loop('upstream models', async (signal) => {
    await detectIfDue(fork(), queue, clock);
    await pause(lookEveryMs, undefined, { signal, ref: false });
  }, log);
