import { graphql } from '../../gql/gql.ts';

export const OptionsDocument = graphql(`
  query Options {
    options { key section kind value description atDefault secret updatedAt }
  }
`);

export const OptionsUpdateDocument = graphql(`
  mutation OptionsUpdate($input: [OptionInput!]!) {
    optionsUpdate(input: $input) { options { key value atDefault updatedAt } userErrors { __typename code message path } }
  }
`);
