import { graphql } from '../../gql/gql.ts';

export const SetupCompleteDocument = graphql(`
  mutation SetupComplete($input: SetupInput!) {
    setupComplete(input: $input) { ok userErrors { __typename code message path } }
  }
`);
