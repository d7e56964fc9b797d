import { graphql } from '../../gql/gql.ts';

export const OptionsDocument = graphql(`
  query Options {
    optionsVersion
    options { key section kind value description atDefault secret updatedAt }
  }
`);

export const OptionsUpdateDocument = graphql(`
  mutation OptionsUpdate($input: [OptionInput!]!, $expectedVersion: Int64) {
    optionsUpdate(input: $input, expectedVersion: $expectedVersion) { options { key value atDefault updatedAt } version userErrors { __typename code message path } }
  }
`);
