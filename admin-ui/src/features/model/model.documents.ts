import { graphql } from '../../gql/gql.ts';

export const ModelsDocument = graphql(`
  query Models($filter: ModelFilter, $first: Int!, $offset: Int!) {
    models(filter: $filter, first: $first, offset: $offset) {
      nodes { id name nameRule description icon tags vendor { id name } endpoints enabled syncOfficial matchedModels updatedAt version }
      pageInfo { hasNextPage }
      totalCount { value }
    }
    missingModels
  }
`);

export const VendorNamesDocument = graphql(`
  query VendorNames {
    vendors(first: 100) { nodes { id name } }
  }
`);

export const ModelCreateDocument = graphql(`
  mutation ModelCreate($input: ModelPatch!) {
    modelCreate(input: $input) { model { id } userErrors { __typename code message path } }
  }
`);

export const ModelUpdateDocument = graphql(`
  mutation ModelUpdate($id: ID!, $input: ModelPatch!, $expectedVersion: Int64) {
    modelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { model { id version } userErrors { __typename code message path } }
  }
`);

export const ModelSetEnabledDocument = graphql(`
  mutation ModelSetEnabled($id: ID!, $enabled: Boolean!) {
    modelSetEnabled(id: $id, enabled: $enabled) { model { id enabled version } userErrors { __typename code message path } }
  }
`);

export const ModelDeleteDocument = graphql(`
  mutation ModelDelete($id: ID!) {
    modelDelete(id: $id) { deletedId userErrors { __typename code message path } }
  }
`);
