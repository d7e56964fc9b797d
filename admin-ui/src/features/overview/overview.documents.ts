import { graphql } from '../../gql/gql.ts';

export const OverviewDocument = graphql(`
  query Overview {
    viewer { user { id username displayName quota usedQuota requestCount } }
  }
`);
