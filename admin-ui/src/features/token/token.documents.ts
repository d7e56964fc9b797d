import { graphql } from '../../gql/gql.ts';

export const TokensDocument = graphql(`
  query Tokens($filter: TokenFilter, $first: Int!, $offset: Int!) {
    viewer {
      user { id }
      tokens(filter: $filter, first: $first, offset: $offset) {
        nodes { id name status maskedKey unlimited remaining usedQuota group models allowIps expiresAt accessedAt createdAt version }
        pageInfo { hasNextPage }
        totalCount { value }
      }
    }
  }
`);

export const TokenCreateDocument = graphql(`
  mutation TokenCreate($input: TokenCreateInput!) {
    tokenCreate(input: $input) { key token { id name } userErrors { __typename code message path } }
  }
`);

export const TokenUpdateDocument = graphql(`
  mutation TokenUpdate($id: ID!, $input: TokenPatch!, $expectedVersion: Int64) {
    tokenUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { token { id version } userErrors { __typename code message path } }
  }
`);

export const TokenSetStatusDocument = graphql(`
  mutation TokenSetStatus($id: ID!, $status: TokenStatus!) {
    tokenSetStatus(id: $id, status: $status) { token { id status version } userErrors { __typename code message path } }
  }
`);

export const TokenDeleteDocument = graphql(`
  mutation TokenDelete($id: ID!) {
    tokenDelete(id: $id) { deletedId userErrors { __typename code message path } }
  }
`);
