import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect } from 'react';
import { useClient } from 'urql';
import { useReconnects } from '../../client/live-context.ts';
import { OwnRequestsDocument } from './log.documents.ts';

const settleMs = 400;

/** Calls back when requests of the viewer have ended: once for those that end together. */
export function useOwnRequests(onEnded: () => void): void {
  const client = useClient();
  const reconnects = useReconnects(), visible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (!visible) return;
    let timer: number | undefined;
    const soon = () => { timer ??= window.setTimeout(() => { timer = undefined; onEnded(); }, settleMs); };
    const tail = client.subscription(OwnRequestsDocument, {}).subscribe(({ data }) => { if (data && data.logTail.__typename !== 'LogHeartbeat') soon(); });
    return () => { window.clearTimeout(timer); tail.unsubscribe(); };
  }, [client, onEnded, reconnects, visible]);
}
