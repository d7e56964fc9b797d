/** Follows the live log while `on`: starts listening first and fetches after, so that no row falls between the two. */
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import { useReconnects } from '../../client/live-context.ts';
import type { LogFilter, LogScope } from '../../gql/graphql.ts';
import { fillGap, merge, noRows, receive, type Gap, type LiveRows } from './live-rows.ts';
import { LogTailDocument } from './log.documents.ts';
import { useFetchRows } from './use-fetch-rows.ts';

type Change = (live: LiveRows) => LiveRows;
type State = 'loading' | 'ready' | CombinedError;

const firstRows = 50, olderRows = 100, mostOfGap = 100;

export function useLogTail(scope: LogScope, filter: LogFilter, on: boolean) {
  const client = useClient();
  const fetchRows = useFetchRows(scope);
  const reconnects = useReconnects();
  const [live, change] = useReducer((now: LiveRows, apply: Change) => apply(now), noRows);
  const [state, setState] = useState<State>('loading');
  const [isWhole, setWhole] = useState(false);
  const cursor = useRef<string>(undefined);

  useEffect(() => { cursor.current = live.cursor; }, [live.cursor]);
  useEffect(() => { cursor.current = undefined; change(() => noRows); setState('loading'); setWhole(false); }, [scope, filter]);
  useEffect(() => {                                          // again after a broken connection, from where it broke
    if (!on) return;
    let ended = false;
    const tail = client.subscription(LogTailDocument, { scope, filter, after: cursor.current ?? null })
      .subscribe(({ data }) => { if (data) change((now) => receive(now, data.logTail)); });
    if (cursor.current === undefined) {
      void fetchRows(filter, firstRows).then(({ rows, error }) => {
        if (ended) return;                                   // the filter is another one by now
        change((now) => ({ ...now, rows: merge(now.rows, rows) }));
        setState(error ?? 'ready');
        setWhole(!error && rows.length < firstRows);
      });
    }
    return () => { ended = true; tail.unsubscribe(); };
  }, [client, fetchRows, scope, filter, on, reconnects]);

  const load = useCallback(async (gap: Gap) => {
    const { rows, error } = await fetchRows({ ...filter, sequenceFrom: gap.sequenceFrom, sequenceTo: gap.sequenceTo }, mostOfGap);
    if (!error) change((now) => fillGap(now, gap, rows));
  }, [fetchRows, filter]);
  /** By sequence number, so that rows that arrive above cannot shift it. */
  const loadOlder = async () => {
    const oldest = live.rows.at(-1);
    if (!oldest) return;
    const { rows, error } = await fetchRows({ ...filter, sequenceTo: String(BigInt(oldest.sequence) - 1n) }, olderRows);
    change((now) => ({ ...now, rows: merge(now.rows, rows) }));
    if (!error) setWhole(rows.length < olderRows);
  };
  return { ...live, state, isWhole, load, loadOlder };
}
