/** The one WebSocket of a tab. Everything that moves by itself comes over it; no page polls. */
import type { Client } from 'graphql-ws';

/** `idle`: nothing on this page moves by itself, so there is no connection to speak of. */
export type LiveState = 'idle' | 'connecting' | 'live' | 'offline';

const normalClosure = 1000;

export interface LiveConnection {
  /** Loaded with the first subscription: the doors have none. */
  readonly client: () => Promise<Client>;
  readonly state: () => LiveState;
  /** How often it came back after it broke. */
  readonly reconnects: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createLiveConnection(location: Location = window.location): LiveConnection {
  const listeners = new Set<() => void>();
  let current: LiveState = 'idle';
  let isBroken = false, reconnects = 0;
  const become = (state: LiveState) => {
    if (state === 'live' && isBroken) reconnects += 1;
    isBroken = state === 'offline' || (isBroken && state === 'connecting');
    current = state;
    listeners.forEach((listener) => listener());
  };
  const connect = async () => (await import('graphql-ws')).createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql/ws`,
    connectionParams: { 'x-requested-with': 'weir-console' },
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    on: { connecting: () => become('connecting'), connected: () => become('live'), closed: (event) => become((event as CloseEvent).code === normalClosure ? 'idle' : 'offline') },
  });
  const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
  let client: Promise<Client> | undefined;
  return { client: () => (client ??= connect()), state: () => current, reconnects: () => reconnects, subscribe };
}
