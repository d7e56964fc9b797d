import { graphql } from '../../gql/gql.ts';

export const OverviewDocument = graphql(`
  query Overview($withChannels: Boolean!) {
    viewer {
      user { id username displayName quota usedQuota requestCount }
      tokens(first: 1) { nodes { id } }
    }
    channels(first: 1) @include(if: $withChannels) { nodes { id models } }
  }
`);
