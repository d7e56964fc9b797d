/** Puts work into the queue. Any control plane may take it from there. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import type { Events } from '../../kernel/running/events.ts';
import { Job } from './job.entity.ts';
import type { JobKind } from './job-kind.ts';

/** Topic: there is a new job. No payload. */
export const jobQueued = 'job-queued';
/** Topic: something about the job changed. */
export const jobChanged = (id: number): string => `job-changed:${id}`;

export interface NewJob {
  input: object;
  requestedById?: number | null;
  /** While an open job has the same key no other is made. */
  exclusiveKey?: string;
  total?: number;
}

const statement = `insert into job (kind, input, total, exclusive_key, requested_by_id, created_at) values ($1, $2::jsonb, $3, $4, $5, $6)
  on conflict (exclusive_key) where status in ('QUEUED', 'RUNNING') do nothing returning id`;

export class JobQueue {
  constructor(private readonly events: Events, private readonly clock: Clock) {}

  /** Undefined when an open job has the exclusive key. */
  async add(em: EntityManager, kind: Pick<JobKind, 'name'>, job: NewJob): Promise<Job | undefined> {
    const id = await this.insert(sqlOf(em), kind, job);
    if (id === undefined) return undefined;
    this.call();
    return em.findOneOrFail(Job, { id });
  }

  /** Wakes the runners: once more, after the transaction, by who added a job inside of one. */
  call(): void {
    this.events.publish(jobQueued, null);
  }

  private async insert(sql: Sql, { name }: Pick<JobKind, 'name'>, { input, requestedById, exclusiveKey, total }: NewJob): Promise<number | undefined> {
    const values = [name, JSON.stringify(input), total ?? null, exclusiveKey ?? null, requestedById ?? null, this.clock.now()];
    return (await sql<{ id: number }>(statement, values))[0]?.id;
  }
}
