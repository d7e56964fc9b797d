/** The one WebSocket of a tab. Everything that moves by itself comes over it; no page polls. */
import { createClient, type Client } from 'graphql-ws';

/** `idle`: nothing on this page moves by itself, so there is no connection to speak of. */
export type LiveState = 'idle' | 'connecting' | 'live' | 'offline';

const normalClosure = 1000;

export interface LiveConnection {
  client: Client;
  readonly state: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createLiveConnection(location: Location = window.location): LiveConnection {
  const listeners = new Set<() => void>();
  let current: LiveState = 'idle';
  const become = (state: LiveState) => { current = state; listeners.forEach((listener) => listener()); };
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql/ws`,
    connectionParams: { 'x-requested-with': 'weir-console' },
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    on: { connecting: () => become('connecting'), connected: () => become('live'), closed: (event) => become((event as CloseEvent).code === normalClosure ? 'idle' : 'offline') },
  });
  const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
  return { client, state: () => current, subscribe };
}
