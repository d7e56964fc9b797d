/** Jobs for those who may see them: one's own, and all for who may see the system. */
import type { FilterQuery } from '@mikro-orm/postgresql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { Permission } from '../../kernel/permission.ts';
import { readId } from '../../kernel/typed-id.ts';
import { JobResult } from './job-result.entity.ts';
import { Job } from './job.entity.ts';
import type { JobFilter } from './job.types.ts';

export function visibleTo(ctx: RequestContext): FilterQuery<Job> {
  const { userId, permissions } = callerOf(ctx);
  return permissions.includes(Permission.SYSTEM_READ) ? {} : { requestedById: userId };
}

export class JobList {
  constructor(private readonly cursors: Cursors) {}

  one(ctx: RequestContext, id: string): Promise<Job | null> {
    return ctx.em.findOne(Job, { $and: [{ id: readId('job', id) }, visibleTo(ctx)] }, { refresh: true });
  }

  page(ctx: RequestContext, filter: JobFilter, args: PageArgs): Promise<Connection<Job>> {
    const asked: FilterQuery<Job> = { ...(filter.kinds && { kind: { $in: filter.kinds } }), ...(filter.statuses && { status: { $in: filter.statuses } }) };
    return listPage(ctx.em, this.cursors, { entity: Job, where: { $and: [visibleTo(ctx), asked] }, order: { property: 'id', direction: SortDirection.DESC }, asked: filter }, args);
  }

  results(ctx: RequestContext, { id }: Job, failedOnly: boolean, args: PageArgs): Promise<Connection<JobResult>> {
    const where = { jobId: id, ...(failedOnly && { ok: false }) };
    return listPage(ctx.em, this.cursors, { entity: JobResult, where, order: { property: 'id', direction: SortDirection.ASC }, asked: { id, failedOnly } }, args);
  }
}
