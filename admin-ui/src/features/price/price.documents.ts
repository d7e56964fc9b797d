import { graphql } from '../../gql/gql.ts';

export const PricesDocument = graphql(`
  query Prices($search: String, $first: Int!, $offset: Int!) {
    pricesVersion
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
  mutation PricesUpdate($input: PricesPatch!, $expectedVersion: Int64) {
    pricesUpdate(input: $input, expectedVersion: $expectedVersion) { prices { model version } version userErrors { __typename code message path } }
  }
`);
