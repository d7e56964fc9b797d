import { graphql } from '../../gql/gql.ts';

export const PricesDocument = graphql(`
  query Prices($search: String, $first: Int!, $offset: Int!) {
    prices(search: $search, first: $first, offset: $offset) {
      nodes {
        model version mode since
        set { modelRatio completionRatio cacheRatio createCacheRatio imageRatio audioRatio audioCompletionRatio callPrice tiered expression }
        effective { modelRatio completionRatio cacheRatio callPrice }
      }
      pageInfo { hasNextPage }
      totalCount { value }
    }
  }
`);

export const PricesUpdateDocument = graphql(`
  mutation PricesUpdate($input: PricesPatch!) {
    pricesUpdate(input: $input) { prices { model version } userErrors { __typename code message path } }
  }
`);
