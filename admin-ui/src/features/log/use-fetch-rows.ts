import { useCallback } from 'react';
import { useClient, type CombinedError } from 'urql';
import type { LogFilter, LogScope } from '../../gql/graphql.ts';
import type { LogRow } from './live-rows.ts';
import { AllLogsDocument, OwnLogsDocument } from './log.documents.ts';

interface Fetched { rows: readonly LogRow[]; error: CombinedError | undefined }

/** Rows of the scope, past the cache: what a live list lacks is never in it. */
export function useFetchRows(scope: LogScope): (filter: LogFilter, first: number) => Promise<Fetched> {
  const client = useClient();
  return useCallback(async (filter, first) => {
    const variables = { filter, first, offset: 0 }, fresh = { requestPolicy: 'network-only' } as const;
    if (scope === 'ANY') {
      const { data, error } = await client.query(AllLogsDocument, variables, fresh).toPromise();
      return { rows: data?.logs.nodes ?? [], error };
    }
    const { data, error } = await client.query(OwnLogsDocument, variables, fresh).toPromise();
    return { rows: data?.viewer?.logs.nodes ?? [], error };
  }, [client, scope]);
}
