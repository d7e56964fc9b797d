/**
 * What runners write. Every statement names the fence of its runner: one that was slow enough to be replaced changes
 * nothing any more.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { Report } from './job-kind.ts';

/** How long a runner may be silent before another takes its job. */
export const leaseSeconds = 30;
const lease = `now() + interval '${leaseSeconds} seconds'`;
const mine = `id = $1 and fence = $2 and status = 'RUNNING'`;

export interface Claimed {
  id: number; fence: number; kind: string; input: string; state: string | null;
  done: number; crashes: number; cancelRequested: boolean; requestedById: number | null;
}

/** Thrown to the work of a runner that another one has replaced. */
export class JobLost extends Error {}

const claim = `update job set status = 'RUNNING', fence = fence + 1, crashes = crashes + (status = 'RUNNING')::int, started_at = coalesce(started_at, $2), lease_until = ${lease}
  where id = (select id from job where kind = any($1::text[]) and ($3::int is null or id = $3) and (status = 'QUEUED' or (status = 'RUNNING' and lease_until < now())) order by id for update skip locked limit 1)
  returning id, fence, kind, input::text, state::text, done, crashes, cancel_requested as "cancelRequested", requested_by_id as "requestedById"`;

const progress = `update job set done = done + $3, failed = failed + $4, total = coalesce($5, total), state = coalesce($6::jsonb, state), lease_until = ${lease} where ${mine} returning id`;

const results = `insert into job_result (job_id, subject, ok, message) select $1, r.subject, r.ok, left(r.message, 1000)
  from jsonb_to_recordset($2::jsonb) as r(subject text, ok boolean, message text)`;

export class JobTable {
  constructor(private readonly orm: MikroORM) {}

  private get sql() { return sqlOf(this.orm.em.fork()); }

  /** The oldest one that is free, or this one if it is. */
  async claim(kinds: readonly string[], now: Date, id?: number): Promise<Claimed | undefined> {
    return (await this.sql<Claimed>(claim, [kinds, now, id ?? null]))[0];
  }

  async isOpen(id: number): Promise<boolean> {
    return (await this.sql(`select from job where id = $1 and status in ('QUEUED', 'RUNNING')`, [id])).length > 0;
  }

  /** Says whether somebody wants it cancelled; undefined when it is somebody else's now. */
  async prolong({ id, fence }: Claimed): Promise<boolean | undefined> {
    const [row] = await this.sql<{ cancel: boolean }>(`update job set lease_until = ${lease} where ${mine} returning cancel_requested as cancel`, [id, fence]);
    return row?.cancel;
  }

  /** Throws JobLost. */
  async report({ id, fence }: Claimed, report: Report): Promise<void> {
    await this.orm.em.fork().transactional(async (em) => {
      const sql = sqlOf(em), state = report.state === undefined ? null : JSON.stringify(report.state);
      const [row] = await sql(progress, [id, fence, report.done ?? 0, report.failed ?? 0, report.total ?? null, state]);
      if (!row) throw new JobLost();
      if (report.results?.length) await sql(results, [id, JSON.stringify(report.results)]);
    });
  }

  async finish({ id, fence }: Claimed, status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED', message: string, now: Date): Promise<void> {
    await this.sql(`update job set status = $3, message = left($4, 1000), finished_at = $5, lease_until = null where ${mine}`, [id, fence, status, message, now]);
  }

  /** Back into the queue: another runner goes on where the last report was. */
  async giveBack({ id, fence }: Claimed): Promise<void> {
    await this.sql(`update job set status = 'QUEUED', lease_until = null where ${mine}`, [id, fence]);
  }

  /** Jobs that ended before; their results go with them. */
  async forget(before: Date): Promise<void> {
    await this.sql(`delete from job where finished_at < $1`, [before]);
  }
}
