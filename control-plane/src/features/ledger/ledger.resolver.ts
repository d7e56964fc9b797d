import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { PageArgs, type Connection } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { OfUsers } from '../../kernel/user-scope.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { LedgerEntry } from './ledger-entry.entity.ts';
import type { LedgerList } from './ledger-list.ts';
import { LedgerFilter, QuotaAdjustInput, StatementFilter } from './ledger.inputs.ts';
import { LedgerConnection, QuotaAdjustPayload } from './ledger.payloads.ts';
import { quotaAdjustRoutes } from './quota-adjust-rest.ts';
import type { QuotaAdjustService } from './quota-adjust.service.ts';

@Resolver(() => LedgerEntry)
export class LedgerResolver {
  constructor(private readonly list: LedgerList, private readonly adjustments: QuotaAdjustService) {}

  @OfUsers()
  @Allow(Permission.BILLING_READ)
  @Query(() => LedgerConnection, { description: 'Statements of wallets and budgets, newest line first.' })
  ledger(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => LedgerFilter, { nullable: true }) filter: LedgerFilter | null,
  ): Promise<Connection<LedgerEntry>> {
    return this.list.page(ctx, filter ?? {}, page);
  }

  @OfUsers()
  @Allow(Permission.USER_QUOTA_WRITE)
  @Directive(quotaAdjustRoutes.manage)
  @Directive(quotaAdjustRoutes.topup)
  @Mutation(() => QuotaAdjustPayload, { description: 'The same key with the same input gives the first answer again; with another input it is refused.' })
  userQuotaAdjust(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => QuotaAdjustInput) input: QuotaAdjustInput,
    @Arg('idempotencyKey', () => String, { description: '1 to 128 printable characters, new for each change.' }) idempotencyKey: string,
  ): Promise<QuotaAdjustPayload> {
    return this.adjustments.adjust(ctx, id, input, idempotencyKey);
  }
}

@Resolver(() => Viewer)
export class ViewerLedgerResolver {
  constructor(private readonly list: LedgerList) {}

  @AllowSelf()
  @FieldResolver(() => LedgerConnection, { description: 'The caller\'s own statement, newest line first.' })
  ledger(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => StatementFilter, { nullable: true }) filter: StatementFilter | null,
  ): Promise<Connection<LedgerEntry>> {
    return this.list.page(ctx, { kinds: filter?.kinds, since: filter?.since, until: filter?.until, userId: String(callerOf(ctx).userId) }, page);
  }
}
