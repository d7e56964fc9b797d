/**
 * Takes jobs from the queue and does them, a few at once. Several control planes may run one each: a job belongs to the
 * runner that holds its lease, and goes on elsewhere from its last report when that runner is gone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import type { Clock } from '../../kernel/running/clock.ts';
import type { Events } from '../../kernel/running/events.ts';
import { Loop } from '../../kernel/running/loop.ts';
import { Wake } from '../../kernel/running/wake.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import { JobFailure, type JobKind, type JobRun } from './job-kind.ts';
import { keepLease } from './keep-lease.ts';
import { jobChanged, jobQueued } from './job-queue.ts';
import { JobLost, type Claimed, type JobTable } from './job-table.ts';

const lookEveryMs = 5_000, mostCrashes = 3;

export interface RunnerRoom {
  table: JobTable;
  kinds: readonly JobKind[];
  /** Jobs at the same time; 2 where nothing is said. */
  slots?: number;
  events: Events;
  clock: Clock;
  log: Logger;
  fork: () => EntityManager;
}

export class JobRunner implements Worker {
  private readonly kinds: ReadonlyMap<string, JobKind>;
  private readonly loops: Loop[];
  private readonly wakes: Wake[];
  private readonly stopping = new AbortController();
  private readonly here = new Set<Promise<void>>();
  private ears: AsyncIterator<unknown> | undefined;

  constructor(private readonly room: RunnerRoom) {
    this.wakes = Array.from({ length: room.slots ?? 2 }, () => new Wake());
    this.kinds = new Map(room.kinds.map((kind) => [kind.name, kind]));
    this.loops = this.wakes.map((wake) => new Loop('jobs', (signal) => this.turn(signal, wake), room.log));
  }

  start(): void {
    this.listen().catch((error: unknown) => this.room.log.warn({ err: error }, 'jobs: no longer told of new ones'));
    for (const loop of this.loops) loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ears?.return?.();
    await Promise.all([...this.loops.map((loop) => loop.stop()), ...this.here]);
  }

  /** Does one job in this process at once, and waits for it so long. It goes on afterwards. */
  async runHere(id: number, patienceMs: number): Promise<void> {
    const running = this.take(id).catch((error: unknown) => this.room.log.error({ err: error, job: id }, 'jobs: one could not be run at once'));
    this.here.add(running);
    const leave = running.finally(() => this.here.delete(running));
    const patience = new AbortController();
    await Promise.race([leave.then(() => this.waitElsewhere(id, patience.signal)), pause(patienceMs, undefined, { ref: false })]);
    patience.abort();
  }

  /** Another runner may have been faster. */
  private async waitElsewhere(id: number, patience: AbortSignal): Promise<void> {
    while (!patience.aborted && !this.stopping.signal.aborted && await this.room.table.isOpen(id)) await pause(250);
  }

  private async take(id: number): Promise<void> {
    const job = await this.room.table.claim([...this.kinds.keys()], this.room.clock.now(), id);
    if (job) await this.run(job, this.stopping.signal);
  }

  /** Also looks by itself: nothing may depend on being told. */
  private async listen(): Promise<void> {
    this.ears = this.room.events.subscribe(jobQueued)[Symbol.asyncIterator]();
    while (!(await this.ears.next()).done) for (const wake of this.wakes) wake.call();
  }

  private async turn(signal: AbortSignal, wake: Wake): Promise<void> {
    const job = await this.room.table.claim([...this.kinds.keys()], this.room.clock.now());
    if (job) await this.run(job, signal);
    else await wake.wait(lookEveryMs, signal);
  }

  private async run(job: Claimed, stopping: AbortSignal): Promise<void> {
    const { table, events, clock } = this.room;
    const finish = async (status: Parameters<JobTable['finish']>[1], message: string) => {
      await table.finish(job, status, message, clock.now());
      events.publish(jobChanged(job.id), null);
    };
    if (job.cancelRequested) return finish('CANCELLED', '');
    if (job.crashes > mostCrashes) return finish('FAILED', `Given up: the process that ran it vanished ${job.crashes} times`);
    events.publish(jobChanged(job.id), null);
    const lease = keepLease(job, table, stopping);
    try {
      await finish('SUCCEEDED', await this.work(job, lease.signal));
    } catch (error) {
      if (error instanceof JobLost || lease.isLost) return;
      if (lease.isCancelled) await finish('CANCELLED', '');
      else if (stopping.aborted) await table.giveBack(job);
      else await finish('FAILED', this.reasonOf(error, job));
    } finally {
      lease.end();
    }
  }

  private reasonOf(error: unknown, { id, kind }: Claimed): string {
    if (error instanceof JobFailure) return error.message;
    this.room.log.error({ err: error, job: id, kind }, 'jobs: one failed');
    return 'Failed by a fault of the server; its log says more';
  }

  private async work(job: Claimed, signal: AbortSignal): Promise<string> {
    const kind = this.kinds.get(job.kind)!, input = kind.input.safeParse(JSON.parse(job.input));
    if (!input.success) throw new JobFailure('Its input is not readable by this version');
    const { table, events, clock, fork } = this.room;
    const run: JobRun<unknown> = {
      id: job.id, input: input.data, state: job.state === null ? undefined : JSON.parse(job.state) as unknown,
      done: job.done, requestedById: job.requestedById, clock, fork, signal,
      report: async (report) => {
        await table.report(job, report);
        events.publish(jobChanged(job.id), null);
      },
    };
    return kind.work(run);
  }
}
