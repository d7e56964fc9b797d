/** A GraphQL subscription over graphql-ws, as the console opens it. */
import { createClient } from 'graphql-ws';
import { WebSocket } from 'undici';
import type { ControlClient } from './control-client.ts';

export interface Subscription<T> { received: T[]; errors: unknown[]; connected: Promise<void>; close(): void }

export function subscribe<T>(client: ControlClient, query: string, variables: Record<string, unknown> = {}): Subscription<T> {
  const headers = { cookie: client.cookieHeader(), origin: client.url, ...client.headers };
  class CookieSocket extends WebSocket {
    constructor(url: string, protocols: string | string[]) { super(url, { protocols, headers }); }
  }
  const connection = createClient({ url: `${client.url.replace('http', 'ws')}/graphql/ws`, webSocketImpl: CookieSocket, connectionParams: { 'x-requested-with': 'weir-e2e' }, retryAttempts: 0 });
  const received: T[] = [], errors: unknown[] = [];
  const connected = new Promise<void>((resolve) => { connection.on('connected', () => resolve()); });
  const stop = connection.subscribe<T>({ query, variables }, {
    next: ({ data, errors: faults }) => { if (data) received.push(data); if (faults) errors.push(...faults); },
    error: (error) => { errors.push(error); },
    complete: () => {},
  });
  return { received, errors, connected, close: () => { stop(); void connection.dispose(); } };
}
