/** The states of one job, each time something changed, until it is over. */
import { rest } from '../../kernel/running/rest.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Events } from '../../kernel/running/events.ts';
import { isOver, Job } from './job.entity.ts';
import { jobChanged } from './job-queue.ts';

/** No more often than this, however fast the steps are. */
const frameMs = 200;
/** It also looks by itself: an event may be lost. */
const lookEveryMs = 2_000;

const textOf = ({ status, total, done, failed, message }: Job): string => JSON.stringify([status, total, done, failed, message]);

export interface ProgressRoom { events: Events; fork: () => EntityManager }

/** By hand and not as a generator function: `return` must end a reader that waits. */
export class JobProgress implements AsyncGenerator<Job, void> {
  private readonly ending = new AbortController();
  private readonly changes: AsyncIterator<unknown>;
  private change: Promise<unknown> | undefined;
  private shown: string | undefined;
  private isLast = false;

  constructor(private readonly id: number, private readonly room: ProgressRoom) {
    this.changes = room.events.subscribe(jobChanged(id))[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<Job, void>> {
    const job = this.isLast ? null : await this.changed();
    if (!job) return this.return();
    this.shown = textOf(job);
    this.isLast = isOver(job.status);
    return { value: job, done: false };
  }

  async return(): Promise<IteratorResult<Job, void>> {
    this.ending.abort();
    await this.changes.return?.();
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<Job, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this { return this; }

  async [Symbol.asyncDispose](): Promise<void> { await this.return(); }

  /** Null when the reader has gone, or the job. */
  private async changed(): Promise<Job | null> {
    if (this.shown !== undefined) await this.sleep(frameMs);
    while (!this.ending.signal.aborted) {
      const job = await this.room.fork().findOne(Job, { id: this.id });
      if (!job || textOf(job) !== this.shown) return job;
      this.change ??= this.changes.next();
      await Promise.race([this.change.then(() => { this.change = undefined; }), this.sleep(lookEveryMs)]);
    }
    return null;
  }

  private sleep(ms: number): Promise<void> {
    return rest(ms, this.ending.signal);
  }
}
