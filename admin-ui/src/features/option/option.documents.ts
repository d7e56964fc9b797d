import { graphql } from '../../gql/gql.ts';

export const OptionsDocument = graphql(`
  query Options {
    options { key section kind value description isDefault isSecret updatedAt }
  }
`);

export const OptionsUpdateDocument = graphql(`
  mutation OptionsUpdate($input: [OptionInput!]!) {
    optionsUpdate(input: $input) { options { key value isDefault updatedAt } userErrors { __typename code message path } }
  }
`);
