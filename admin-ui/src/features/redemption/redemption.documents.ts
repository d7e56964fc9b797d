import { graphql } from '../../gql/gql.ts';

export const RedemptionsDocument = graphql(`
  query Redemptions($filter: RedemptionFilter, $first: Int!, $offset: Int!) {
    redemptions(filter: $filter, first: $first, offset: $offset) {
      nodes { id name status maskedCode quota createdAt expiresAt redeemedAt redeemedBy { id username } version }
      pageInfo { hasNextPage }
      totalCount { value }
    }
  }
`);

export const RedemptionBatchCreateDocument = graphql(`
  mutation RedemptionBatchCreate($input: RedemptionBatchInput!, $idempotencyKey: String!) {
    redemptionBatchCreate(input: $input, idempotencyKey: $idempotencyKey) { codes redemptions { id } userErrors { __typename code message path } }
  }
`);

export const RedemptionSetStatusDocument = graphql(`
  mutation RedemptionSetStatus($id: ID!, $status: RedemptionStatus!) {
    redemptionSetStatus(id: $id, status: $status) { redemption { id status version } userErrors { __typename code message path } }
  }
`);

export const RedemptionDeleteDocument = graphql(`
  mutation RedemptionDelete($id: ID!) {
    redemptionDelete(id: $id) { deletedId userErrors { __typename code message path } }
  }
`);

export const RedemptionDeleteInvalidDocument = graphql(`
  mutation RedemptionDeleteInvalid {
    redemptionDeleteInvalid { deleted userErrors { __typename code message path } }
  }
`);
