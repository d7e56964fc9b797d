import type { ChannelsQuery } from '../../gql/graphql.ts';

export type ChannelRow = ChannelsQuery['channels']['nodes'][number];
export type ChannelTypeRow = ChannelsQuery['channelTypes'][number];
