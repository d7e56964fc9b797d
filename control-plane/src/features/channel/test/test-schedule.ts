/** Tests all channels every few minutes, while an operator wants that. Of several control planes one begins each run. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { Loop } from '../../../kernel/running/loop.ts';
import type { JobQueue } from '../../job/job-queue.ts';
import { readOptions } from '../../option/option-values.ts';
import { channelTestName } from './channel-test.job.ts';

const lookEveryMs = 30_000, minuteMs = 60_000;

/** Begins a run when the last one began long enough ago. @returns whether it did */
export async function testIfDue(em: EntityManager, queue: JobQueue, clock: Clock): Promise<boolean> {
  const sql = sqlOf(em), values = await readOptions(sql, ['monitor_setting.auto_test_channel_enabled', 'monitor_setting.auto_test_channel_minutes', 'monitor_setting.channel_test_mode']);
  if (values.get('monitor_setting.auto_test_channel_enabled') !== 'true') return false;
  const since = new Date(clock.now().getTime() - Number(values.get('monitor_setting.auto_test_channel_minutes')) * minuteMs);
  const recent = await sql('select from job where kind = $1 and created_at > $2 limit 1', [channelTestName, since]);
  if (recent.length) return false;
  const recovery = values.get('monitor_setting.channel_test_mode') === 'passive_recovery';
  return await queue.add(em, { name: channelTestName }, { input: { ids: null, recovery }, exclusiveKey: channelTestName }) !== undefined;
}

export const testSchedule = (fork: () => EntityManager, queue: JobQueue, clock: Clock, log: Logger): Loop =>
  new Loop('channel tests', async (signal) => {
    await testIfDue(fork(), queue, clock);
    await pause(lookEveryMs, undefined, { signal, ref: false });
  }, log);
