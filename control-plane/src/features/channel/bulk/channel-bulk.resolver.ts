import { Arg, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { BulkPayload, dryRunArgument, dryRunOfFilter } from '../../../kernel/bulk.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import type { BulkUndoService } from '../../bulk/bulk-undo.service.ts';
import { JobPayload } from '../../job/job.types.ts';
import { ChannelFilter } from '../channel.inputs.ts';
import { ChannelPayload } from '../channel.payloads.ts';
import { ChannelBulkPatch, ChannelTagPatch } from './channel-bulk.inputs.ts';
import { channelBulk } from './channel-bulk.job.ts';
import { bulkRoutes } from './channel-bulk-rest.ts';
import type { ChannelBulkService } from './channel-bulk.service.ts';
import type { ChannelCopyService } from './channel-copy.service.ts';
import { AbilitiesRebuildPayload, rebuildAbilities } from './rebuild-abilities.ts';

@Resolver()
export class ChannelBulkResolver {
  constructor(private readonly service: ChannelBulkService, private readonly copies: ChannelCopyService, private readonly undoing: BulkUndoService) {}

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(bulkRoutes.tag)
  @Mutation(() => BulkPayload, { description: 'At most 1,000 channels, in one transaction.' })
  channelBulkUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('input', () => ChannelBulkPatch) input: ChannelBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
  ) {
    return this.service.update(ctx, ids, input, dryRun);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Mutation(() => JobPayload, { description: 'Every channel of a filter, at most 100,000, as a job. Refused when there are others than the caller saw: more than 1 percent or 10 rows.' })
  channelBulkUpdateWhere(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => ChannelFilter) filter: ChannelFilter,
    @Arg('expectedCount', () => Int) expectedCount: number,
    @Arg('input', () => ChannelBulkPatch) input: ChannelBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunOfFilter) dryRun: boolean,
  ) {
    return this.service.updateWhere(ctx, filter, { expectedCount, dryRun }, input);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Mutation(() => JobPayload, { description: 'As channelBulkUpdateWhere, but deletes them.' })
  channelBulkDeleteWhere(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => ChannelFilter) filter: ChannelFilter,
    @Arg('expectedCount', () => Int) expectedCount: number,
    @Arg('dryRun', () => Boolean, dryRunOfFilter) dryRun: boolean,
  ) {
    return this.service.deleteWhere(ctx, filter, { expectedCount, dryRun });
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Mutation(() => JobPayload, { description: 'Puts channels back as a bulk of the caller found them, within 24 hours of it, as a job: of others too with SYSTEM_READ. Those that were changed since stay, and are told in its results.' })
  channelBulkUndo(@Ctx() ctx: RequestContext, @Arg('jobId', () => ID) jobId: string): Promise<JobPayload> {
    return this.undoing.undo(ctx, channelBulk, jobId);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(bulkRoutes.delete)
  @Mutation(() => BulkPayload, { description: 'At most 1,000 channels, in one transaction.' })
  channelBulkDelete(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID]) ids: string[], @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean) {
    return this.service.delete(ctx, ids, dryRun);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(bulkRoutes.deleteDisabled)
  @Mutation(() => BulkPayload, { description: 'Deletes every channel that is switched off, by a person or by its errors.' })
  channelDeleteDisabled(@Ctx() ctx: RequestContext, @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean) {
    return this.service.deleteDisabled(ctx, dryRun);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(bulkRoutes.copy)
  @Mutation(() => ChannelPayload, { description: 'A second channel with the same settings and credentials, never tested.' })
  channelCopy(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('suffix', () => String, { nullable: true, description: 'Stands behind the name; " copy" in the language of the caller when absent.' }) suffix: string | null,
    @Arg('resetBalance', () => Boolean, { defaultValue: true, description: 'False keeps balance and used quota.' }) resetBalance: boolean,
  ) {
    return this.copies.copy(ctx, id, { suffix: suffix ?? (ctx.language === 'zh' ? '_复制' : ' copy'), resetBalance });
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(bulkRoutes.tagEnable)
  @Directive(bulkRoutes.tagDisable)
  @Directive(bulkRoutes.tagEdit)
  @Mutation(() => BulkPayload, { description: 'Changes every channel with the tag, in one transaction.' })
  channelTagUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('tag', () => String) tag: string,
    @Arg('input', () => ChannelTagPatch) input: ChannelTagPatch,
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
  ) {
    return this.service.updateTag(ctx, tag, input, dryRun);
  }

  @Allow(Permission.CHANNEL_READ)
  @Directive(bulkRoutes.tagModels)
  @Query(() => [String], { description: 'The longest model list among the channels with the tag.' })
  tagModels(@Ctx() ctx: RequestContext, @Arg('tag', () => String) tag: string) {
    return this.service.tagModels(ctx, tag);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(bulkRoutes.fix)
  @Mutation(() => AbilitiesRebuildPayload, { description: 'Relays get every channel anew, and compute from them who may use which model where.' })
  abilitiesRebuild(@Ctx() ctx: RequestContext) {
    return rebuildAbilities(ctx);
  }
}
