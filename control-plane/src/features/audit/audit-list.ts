import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { readId } from '../../kernel/typed-id.ts';
import { AuditEvent } from './audit-event.entity.ts';
import type { AuditFilter } from './audit.inputs.ts';

function whereOf({ actorIds, actions, target, since, until, via, ok }: AuditFilter): FilterQuery<AuditEvent> {
  const all: FilterQuery<AuditEvent>[] = [];
  if (actorIds) all.push({ actorId: { $in: actorIds.map((id) => readId('user', id)) } });
  if (actions) all.push({ action: { $in: actions } });
  if (target) all.push({ targets: { $contains: [target] } });
  if (since) all.push({ at: { $gte: since } });
  if (until) all.push({ at: { $lt: until } });
  if (via) all.push({ via: { $in: via } });
  if (ok != null) all.push({ ok });
  return { $and: all };
}

/** Events, the newest first. */
export class AuditList {
  constructor(private readonly cursors: Cursors) {}

  page(ctx: RequestContext, filter: AuditFilter, args: PageArgs): Promise<Connection<AuditEvent>> {
    return listPage(ctx.em, this.cursors, { entity: AuditEvent, where: whereOf(filter), order: { property: 'id', direction: SortDirection.DESC }, asked: filter }, args);
  }
}
