import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import type { Cursors } from '../../../kernel/list/cursors.ts';
import { listPage } from '../../../kernel/list/list-page.ts';
import { PageArgs, SortDirection } from '../../../kernel/list/page.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { ChannelEvent, ChannelEventConnection } from './channel-event.entity.ts';

@Resolver()
export class ChannelEventResolver {
  constructor(private readonly cursors: Cursors) {}

  @Allow(Permission.CHANNEL_READ)
  @Query(() => ChannelEventConnection, { description: 'Channels and credentials that were switched by the system, newest first.' })
  channelEvents(@Ctx() ctx: RequestContext, @Arg('channelId', () => ID, { nullable: true }) channelId: string | null, @Args(() => PageArgs) page: PageArgs) {
    const where = channelId == null ? {} : { channelRow: readId('channel', channelId) };
    return listPage(ctx.em, this.cursors, { entity: ChannelEvent, where, order: { property: 'id', direction: SortDirection.DESC }, asked: { channelId } }, page);
  }
}
