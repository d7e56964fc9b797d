import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf } from '../../database/sql.ts';
import { insertLogs } from '../../features/log/insert-logs.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { usageEvent } from '../../testing/usage-event.ts';
import type { Edge } from '../http/edge.ts';

let app: TestApp, edge: Edge, serial = 0;
beforeAll(async () => {
  app = await startTestApp();
  edge = await app.listen();
  app.services.sockets.start();
  for (const worker of app.services.workers) if (worker.constructor.name === 'TailFeed') await worker.start();
});
afterAll(async () => {
  await app.services.sockets.stop();
  for (const worker of app.services.workers) if (worker.constructor.name === 'TailFeed') await worker.stop();
  await app.stop();
});

interface Caller { userId: number; authorization: string }

async function caller(role = 1): Promise<Caller> {
  const me = await app.user({ role });
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, me);
  return { userId: me.userId, authorization: `Bearer ${data!.accessTokenRotate.accessToken}` };
}

const post = (query: string, headers: Record<string, string>, signal?: AbortSignal) => fetch(`http://127.0.0.1:${edge.port}/graphql/stream`, {
  method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers }, body: JSON.stringify({ query }), ...(signal && { signal }),
});

interface Event { event: string; data: Data | undefined }

/** Events as they come; comments are passed over. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks.filter((one) => !one.startsWith(':'))) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: ?(.*)$/.exec(block) ?? [];
      yield { event, data: data ? JSON.parse(data) as Data : undefined };
    }
  }
}

async function write(userId: number): Promise<void> {
  await app.base.orm.em.fork().transactional(async (em) => { await insertLogs(sqlOf(em), [usageEvent({ chargeId: `sse-${++serial}`, userId })], app.clock.now()); });
}

const tail = (after?: string) => `subscription { logTail${after ? `(after: "${after}")` : ''} { __typename ... on LogBatch { cursor logs { requestId } } } }`;

describe('a stream', () => {
  it('carries a subscription, batch by batch, and ends when the reader goes', async () => {
    const me = await caller(), leaving = new AbortController(), response = await post(tail(), { authorization: me.authorization }, leaving.signal);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const events = eventsOf(response), first = events.next();
    await write(me.userId);
    expect((await first).value).toMatchObject({ event: 'next', data: { data: { logTail: { __typename: 'LogBatch', logs: [{ requestId: `sse-${serial}` }] } } } });
    leaving.abort();
    await eventually(() => { expect((app.services.sockets as unknown as { open: Map<unknown, unknown> }).open.size).toBe(0); });
  });

  it('goes on where a reader left', async () => {
    const me = await caller(), first = eventsOf(await post(tail(), { authorization: me.authorization })), waiting = first.next();
    await write(me.userId);
    const { cursor } = (await waiting).value!.data!.data.logTail;
    await first.return(undefined);
    await write(me.userId);
    await write(me.userId);
    const again = eventsOf(await post(tail(cursor as string), { authorization: me.authorization }));
    expect((await again.next()).value!.data!.data.logTail.logs).toEqual([{ requestId: `sse-${serial - 1}` }, { requestId: `sse-${serial}` }]);
    await again.return(undefined);
  });

  it('carries a query as one event, with what it cost', async () => {
    const me = await caller(), found: Event[] = [];
    for await (const event of eventsOf(await post('{ viewer { user { role } } }', { authorization: me.authorization }))) found.push(event);
    expect(found).toEqual([{ event: 'next', data: { data: { viewer: { user: { role: 1 } } }, extensions: { requestId: expect.stringMatching(/^req_/), traceId: expect.any(String), cost: expect.objectContaining({ requested: 2, actual: 2 }) } } }, { event: 'complete', data: undefined }]);
  });

  it('ends when its caller signs out or loses the token', async () => {
    const me = await caller(), events = eventsOf(await post(tail(), { authorization: me.authorization })), last = events.next();
    await app.query('mutation { accessTokenRotate { accessToken } }', {}, { ...(await app.user()), userId: me.userId });
    expect((await last).value).toMatchObject({ event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect((await events.next()).value).toEqual({ event: 'complete', data: undefined });
  });

  it.each([
    { name: 'nobody', headers: {}, query: tail(), status: 401, code: 'UNAUTHENTICATED' },
    { name: 'a document that does not fit the schema', headers: undefined, query: 'subscription { nothing }', status: 422, code: 'GRAPHQL_VALIDATION_FAILED' },
    { name: 'a document that does not parse', headers: undefined, query: 'subscription {', status: 400, code: 'GRAPHQL_PARSE_FAILED' },
    { name: 'a document that is too deep', headers: undefined, query: `{ ${'viewer { user { '.repeat(8)} id ${'} }'.repeat(8)} }`, status: 422, code: 'DEPTH_EXCEEDED' },
  ])('refuses $name before it begins', async ({ headers, query, status, code }) => {
    const response = await post(query, headers ?? { authorization: (await caller()).authorization });
    expect([response.status, (await response.json() as Data).errors[0].extensions.code]).toEqual([status, code]);
  });

  it('tells a subscription that is not the caller\'s inside the stream', async () => {
    const me = await caller(), events = eventsOf(await post('subscription { logTail(scope: ANY) { __typename } }', { authorization: me.authorization }));
    expect((await events.next()).value).toMatchObject({ event: 'next', data: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    expect((await events.next()).value!.event).toBe('complete');
  });

  it('wants the guard header of a cookie, a POST and the right Accept', async () => {
    const me = await caller();
    expect((await post(tail(), { authorization: me.authorization, accept: 'application/json' })).status).toBe(406);
    expect((await fetch(`http://127.0.0.1:${edge.port}/graphql/stream`, { headers: { authorization: me.authorization } })).status).toBe(405);
  });
});
