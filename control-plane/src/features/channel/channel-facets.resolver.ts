import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { ChannelList, ChannelPage } from './channel-list.ts';
import { ChannelConnection, FacetCount } from './channel.payloads.ts';

@Resolver(() => ChannelConnection)
export class ChannelFacetsResolver {
  constructor(private readonly list: ChannelList) {}

  @FieldResolver(() => [FacetCount], { description: 'Channels of the filter by status. Counted only when asked for.' })
  statusCounts(@Root() page: ChannelPage) {
    return this.list.facet(page, 'status');
  }

  @FieldResolver(() => [FacetCount], { description: 'Channels of the filter by type number. Counted only when asked for.' })
  typeCounts(@Root() page: ChannelPage) {
    return this.list.facet(page, 'type');
  }
}
