import { graphql } from '../../gql/gql.ts';

graphql(`
  fragment LogRow on Log {
    id sequence at type model mappedModel username tokenName group channelName quota promptTokens completionTokens
    durationMs firstTokenMs stream httpStatus errorCode requestId
  }
`);

export const OwnLogsDocument = graphql(`
  query OwnLogs($filter: LogFilter, $first: Int!, $offset: Int!) {
    viewer {
      user { id }
      logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }
    }
  }
`);

export const AllLogsDocument = graphql(`
  query AllLogs($filter: LogFilter, $first: Int!, $offset: Int!) {
    logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }
  }
`);

export const LogDetailDocument = graphql(`
  query LogDetail($id: ID!) {
    log(id: $id) {
      ...LogRow
      content dialect endpoint ip tokensPerSecond
      attempts { channelId status failure durationMs }
      usage { source end outcome hold platformLoss tokens { input cacheRead cacheWrite cacheWrite1h output reasoning } }
      pricing { mode modelRatio groupRatio callPrice quotaPerUnit exact quota version expression tier lines { name tokens ratio subtotal } }
    }
  }
`);

export const LogTailDocument = graphql(`
  subscription LogTail($filter: LogFilter, $after: String, $scope: LogScope!) {
    logTail(filter: $filter, after: $after, scope: $scope) {
      __typename
      ... on LogBatch { cursor lagMs logs { ...LogRow } }
      ... on LogGap { dropped from to sequenceFrom sequenceTo }
      ... on LogHeartbeat { cursor at }
    }
  }
`);

/** That something happened; what it was is asked elsewhere. */
export const OwnRequestsDocument = graphql(`
  subscription OwnRequests {
    logTail(scope: SELF) {
      __typename
      ... on LogBatch { logs { id } }
    }
  }
`);
