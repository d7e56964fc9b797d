import { parse, subscribe, type ExecutionResult } from 'graphql';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { usageEvent } from '../../../testing/usage-event.ts';
import { insertLogs, logChannel } from '../insert-logs.ts';
import { TailFeed } from './tail-feed.ts';

let app: TestApp, sql: Sql, feed: TailFeed, admin: Principal, ada: Principal, bob: Principal;
const open: AsyncGenerator<ExecutionResult<Data>>[] = [];

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [ada, bob, admin] = [await app.user(), await app.user(), await app.user({ role: 10 })];
  feed = app.services.workers.find((worker) => worker instanceof TailFeed)!;
  feed.start();
});
afterEach(async () => { for (const stream of open.splice(0)) await stream.return(undefined); });
afterAll(async () => {
  await feed.stop();
  await app.stop();
});

const document = `subscription ($filter: LogFilter, $after: String, $scope: LogScope, $rate: Int) { logTail(filter: $filter, after: $after, scope: $scope, maxPerSecond: $rate) {
  __typename ... on LogBatch { cursor lagMs logs { requestId username channelName pricing { exact quota } } } ... on LogGap { dropped from to sequenceFrom sequenceTo } ... on LogHeartbeat { cursor at } } }`;

async function follow(as: Principal | undefined, variables: Data = {}) {
  const stream = await subscribe({ schema: app.schema, document: parse(document), variableValues: variables, contextValue: await app.context(as) });
  if ('next' in stream) open.push(stream as AsyncGenerator<ExecutionResult<Data>>);
  return stream as AsyncGenerator<ExecutionResult<Data>> & ExecutionResult;
}
async function commit(...events: Parameters<typeof usageEvent>[0][]): Promise<void> {
  const range = await insertLogs(sql, events.map((event) => usageEvent({ endedAt: app.clock.now().getTime() - 40, ...event })), app.clock.now());
  await app.base.redis.publish(logChannel, JSON.stringify(range));
}
const next = async (stream: AsyncGenerator<ExecutionResult<Data>>): Promise<Data> => (await stream.next()).value.data.logTail;

it('sends own rows only, unless an administrator asks for all', async () => {
  const [own, all] = [await follow(ada), await follow(admin, { scope: 'ANY' })];
  await commit({ chargeId: 'a', userId: ada.userId }, { chargeId: 'b', userId: bob.userId });
  expect(await next(own)).toMatchObject({ __typename: 'LogBatch', lagMs: 40, logs: [{ requestId: 'a', username: ada.username, channelName: null, pricing: { exact: '3625', quota: '3625' } }] });
  expect((await next(all)).logs.map(({ requestId }: Data) => requestId)).toEqual(['a', 'b']);
});

it('takes the same filter as the table', async () => {
  const stream = await follow(admin, { scope: 'ANY', filter: { types: ['CONSUME'], modelLike: 'claude%' } });
  await commit({ chargeId: 'c' }, { chargeId: 'd', model: 'claude-sonnet-4-5' });
  expect((await next(stream)).logs).toMatchObject([{ requestId: 'd' }]);
});

it('goes on from the cursor of another connection, and names gaps', async () => {
  const first = await follow(admin, { scope: 'ANY' });
  await commit({ chargeId: 'e' });
  const { cursor } = await next(first);
  await first.return(undefined);
  await commit({ chargeId: 'f' });
  expect((await next(await follow(admin, { scope: 'ANY', after: cursor }))).logs).toMatchObject([{ requestId: 'f' }]);
  const limited = await follow(admin, { scope: 'ANY', rate: 1 });
  await commit({ chargeId: 'g' }, { chargeId: 'h' });
  await next(limited);
  expect(await next(limited)).toMatchObject({ __typename: 'LogGap', dropped: 1 });
});

it.each([
  { name: 'nobody', as: () => undefined, variables: {}, code: 'UNAUTHENTICATED' },
  { name: 'a user who asks for all', as: () => ada, variables: { scope: 'ANY' }, code: 'FORBIDDEN' },
  { name: 'a foreign cursor', as: () => ada, variables: { after: 'x' }, code: 'CURSOR_MISMATCH' },
  { name: 'a rate out of range', as: () => ada, variables: { rate: 0 }, code: 'BAD_USER_INPUT' },
  { name: 'an id of another kind', as: () => ada, variables: { filter: { tokenIds: ['ch_1'] } }, code: 'INVALID_ID' },
])('refuses $name', async ({ as, variables, code }) => {
  expect((await follow(as(), variables)).errors).toMatchObject([{ extensions: { code } }]);
});

it('leaves nothing behind when the reader goes', async () => {
  const stream = await follow(ada), waiting = stream.next();
  expect(feed.readerCount).toBe(1);
  await stream.return(undefined);
  await waiting;
  expect(feed.readerCount).toBe(0);
});
