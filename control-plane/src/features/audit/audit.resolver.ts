import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { PageArgs, type Connection } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { AuditEvent } from './audit-event.entity.ts';
import type { AuditList } from './audit-list.ts';
import { AuditFilter, OwnAuditFilter } from './audit.inputs.ts';
import { AuditConnection } from './audit.payloads.ts';
import { writeEvent } from './write-event.ts';

@Resolver(() => AuditConnection)
export class AuditResolver {
  constructor(private readonly list: AuditList) {}

  @Allow(Permission.AUDIT_READ)
  @Query(() => AuditConnection, { description: 'Who did what, newest first. Reading it is recorded.' })
  async auditEvents(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditFilter, { nullable: true }) filter: AuditFilter | null,
  ): Promise<Connection<AuditEvent>> {
    const found = await this.list.page(ctx, filter ?? {}, page);
    const scope = { action: 'auditEvents', args: { filter, page }, context: ctx, events: 0, isOver: false };
    await ctx.em.fork().transactional((em) => writeEvent(sqlOf(em), scope, { ok: true }));
    return found;
  }
}

@Resolver(() => Viewer)
export class ViewerAuditResolver {
  constructor(private readonly list: AuditList) {}

  @AllowSelf()
  @FieldResolver(() => AuditConnection, { description: 'What the caller did, newest first.' })
  auditEvents(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => OwnAuditFilter, { nullable: true }) filter: OwnAuditFilter | null,
  ): Promise<Connection<AuditEvent>> {
    const { actions, target, since, until, ok } = filter ?? {};
    return this.list.page(ctx, { actions, target, since, until, ok, actorIds: [typedId('user', callerOf(ctx).userId)] }, page);
  }
}
