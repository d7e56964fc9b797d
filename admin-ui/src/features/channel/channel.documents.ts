import { graphql } from '../../gql/gql.ts';

export const ChannelsDocument = graphql(`
  query Channels($filter: ChannelFilter, $first: Int!, $offset: Int!) {
    channels(filter: $filter, first: $first, offset: $offset) {
      nodes {
        id name status statusReason type baseUrl models groups priority weight tag testModel remark
        responseTimeMs testedAt usedQuota version
        credentials { id masked status }
        modelMapping { from to }
      }
      pageInfo { hasNextPage }
      totalCount { value precision }
    }
    channelTypes { id label baseUrl suggestedModels }
  }
`);

export const ChannelCreateDocument = graphql(`
  mutation ChannelCreate($input: ChannelCreateInput!) {
    channelCreate(input: $input) { channels { id name } userErrors { __typename code message path } }
  }
`);

export const ChannelUpdateDocument = graphql(`
  mutation ChannelUpdate($id: ID!, $input: ChannelPatch!, $expectedVersion: Int64) {
    channelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { channel { id name status version } userErrors { __typename code message path } }
  }
`);

export const ChannelKeyRevealDocument = graphql(`
  mutation ChannelKeyReveal($id: ID!) {
    channelKeyReveal(channelId: $id) { credentials { id secret } userErrors { __typename code message path } }
  }
`);

export const ChannelDeleteDocument = graphql(`
  mutation ChannelDelete($id: ID!) {
    channelDelete(id: $id) { deletedId userErrors { __typename code message path } }
  }
`);

export const ChannelTestDocument = graphql(`
  mutation ChannelTest($id: ID!, $model: String) {
    channelTest(id: $id, model: $model) {
      result { ok model latencyMs httpStatus errorCode message channel { id responseTimeMs testedAt status } }
      userErrors { __typename code message path }
    }
  }
`);

export const ChannelTestManyDocument = graphql(`
  mutation ChannelTestMany {
    channelTestMany { job { id } userErrors { __typename code message path } }
  }
`);

export const JobProgressDocument = graphql(`
  subscription JobProgress($id: ID!) {
    jobProgress(id: $id) { id status done total failed message }
  }
`);
