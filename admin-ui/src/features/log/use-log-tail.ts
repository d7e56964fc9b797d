/** Follows the live log while `on`: starts listening first and fetches after, so that no row falls between the two. */
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useClient } from 'urql';
import type { LogFilter, LogScope } from '../../gql/graphql.ts';
import { fillGap, merge, noRows, receive, type Gap, type LiveRows, type LogRow } from './live-rows.ts';
import { LogTailDocument, OwnLogsDocument, AllLogsDocument } from './log.documents.ts';

export type FetchRows = (filter: LogFilter, first: number, offset: number) => Promise<readonly LogRow[]>;

/** Rows of the scope, past the cache: what a live list lacks is never in it. */
export function useFetchRows(scope: LogScope): FetchRows {
  const client = useClient();
  return useCallback(async (filter, first, offset) => {
    const variables = { filter, first, offset }, fresh = { requestPolicy: 'network-only' } as const;
    if (scope === 'ANY') return (await client.query(AllLogsDocument, variables, fresh).toPromise()).data?.logs.nodes ?? [];
    return (await client.query(OwnLogsDocument, variables, fresh).toPromise()).data?.viewer?.logs.nodes ?? [];
  }, [client, scope]);
}

type Change = (live: LiveRows) => LiveRows;

export function useLogTail(scope: LogScope, filter: LogFilter, on: boolean) {
  const client = useClient();
  const fetchRows = useFetchRows(scope);
  const [live, change] = useReducer((state: LiveRows, apply: Change) => apply(state), noRows);
  const cursor = useRef<string>(undefined);

  useEffect(() => { cursor.current = live.cursor; }, [live.cursor]);
  useEffect(() => { cursor.current = undefined; change(() => noRows); }, [scope, filter]);
  useEffect(() => {
    if (!on) return;
    const tail = client.subscription(LogTailDocument, { scope, filter, after: cursor.current ?? null })
      .subscribe(({ data }) => { if (data) change((state) => receive(state, data.logTail)); });
    if (cursor.current === undefined) {
      void fetchRows(filter, 50, 0).then((rows) => change((state) => ({ ...state, rows: merge(state.rows, rows) })));
    }
    return () => tail.unsubscribe();
  }, [client, fetchRows, scope, filter, on]);

  const load = useCallback(async (gap: Gap) => {
    const rows = await fetchRows({ ...filter, sequenceFrom: gap.sequenceFrom, sequenceTo: gap.sequenceTo }, 100, 0);
    change((state) => fillGap(state, gap, rows));
  }, [fetchRows, filter]);
  return { ...live, load };
}
