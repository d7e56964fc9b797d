/** Work in the background: its queue, its runner, and what people see of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { sqlOf } from '../../database/sql.ts';
import { forgetBulks } from '../../features/bulk/bulk-undo.service.ts';
import { upstreamSchedule } from '../../features/channel/provider/upstream-schedule.ts';
import { testSchedule } from '../../features/channel/test/test-schedule.ts';
import { JobList } from '../../features/job/job-list.ts';
import { JobQueue } from '../../features/job/job-queue.ts';
import { JobRunner } from '../../features/job/job-runner.ts';
import { JobTable } from '../../features/job/job-table.ts';
import type { JobKind } from '../../features/job/job-kind.ts';
import { JobResolver } from '../../features/job/job.resolver.ts';
import { JobService } from '../../features/job/job.service.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { Loop } from '../../kernel/running/loop.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { Foundation } from '../services.ts';

const hourMs = 60 * 60_000, dayMs = 24 * hourMs, keptDays = 30;

export interface JobSide {
  queue: JobQueue;
  service: JobService;
  runner: JobRunner;
  resolvers: object[];
  workers: Worker[];
}

type Base = Pick<Foundation, 'orm' | 'clock' | 'pubSub' | 'log'>;

/** @param longKinds take so long that they have a slot of their own, beside the others */
export function jobSide({ orm, clock, pubSub, log }: Base, cursors: Cursors, kinds: readonly JobKind[], longKinds: readonly JobKind[]): JobSide {
  const table = new JobTable(orm), list = new JobList(cursors), queue = new JobQueue(pubSub, clock), fork = () => orm.em.fork();
  const service = new JobService(queue, list, pubSub), room = { table, events: pubSub, clock, log, fork };
  const runner = new JobRunner({ ...room, kinds }), longRunner = new JobRunner({ ...room, kinds: longKinds, slots: 1 });
  const forgetting = new Loop('old jobs', async (signal) => {
    await table.forget(new Date(clock.now().getTime() - keptDays * dayMs));
    await pause(dayMs, undefined, { signal, ref: false });
  }, log);
  const forgettingBulks = new Loop('old bulks', async (signal) => {
    await forgetBulks(sqlOf(fork()), clock.now());
    await pause(hourMs, undefined, { signal, ref: false });
  }, log);
  return { queue, service, runner, resolvers: [new JobResolver(service, list, { events: pubSub, fork })], workers: [runner, longRunner, forgetting, forgettingBulks, testSchedule(fork, queue, clock, log), upstreamSchedule(fork, queue, clock, log)] };
}
