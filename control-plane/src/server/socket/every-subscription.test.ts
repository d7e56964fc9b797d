/** Every subscription of the schema, over both transports: it opens for who may, and ends with the credential that opened it. */
import { getNamedType, GraphQLNonNull, isLeafType, type GraphQLField } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import type { Edge } from '../http/edge.ts';
import { createSchema } from '../schema.ts';

const fields: GraphQLField<unknown, unknown>[] = Object.values(createSchema().getSubscriptionType()!.getFields());

let app: TestApp, edge: Edge, job: string;
beforeAll(async () => {
  app = await startTestApp();
  edge = await app.listen();
  app.services.sockets.start();
});
afterAll(async () => {
  await app.services.sockets.stop();
  await app.stop();
});

const rotate = async (who: Principal): Promise<string> => (await app.query('mutation { accessTokenRotate { accessToken } }', {}, who)).data!.accessTokenRotate.accessToken as string;

async function caller(): Promise<{ who: Principal; authorization: string }> {
  const who = await app.user({ role: 100 });
  const [row] = await sqlOf(app.base.orm.em.fork())<{ id: number }>(`insert into job (kind, input, status, requested_by_id, created_at) values ('log-delete', '{}', 'RUNNING', $1, now()) returning id`, [who.userId]);
  job = `job_${row!.id}`;
  return { who, authorization: `Bearer ${await rotate(who)}` };
}

function documentOf({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const given = args.filter((argument) => argument.type instanceof GraphQLNonNull && argument.defaultValue === undefined).map((argument) => `${argument.name}: "${job}"`).join(', ');
  return `subscription { ${name}${given && `(${given})`} ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'} }`;
}

it('there are those that the design names', () => {
  expect(fields.map(({ name }) => name).sort()).toEqual(['balanceChanges', 'channelChanges', 'jobProgress', 'logTail', 'notifications', 'taskUpdates', 'usageTicker']);
});

it('over server-sent events each says why it ends', async () => {
  const { who, authorization } = await caller();
  const texts = fields.map(async (field) => {
    const answer = await fetch(`http://127.0.0.1:${edge.port}/graphql/stream`, {
      method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization }, body: JSON.stringify({ query: documentOf(field) }),
    });
    return [field.name, answer.status, await answer.text()] as const;
  });
  await eventually(() => expect((app.services.sockets as unknown as { open: Map<unknown, unknown> }).open.size).toBe(fields.length));
  await rotate(who);
  for (const [name, status, text] of await Promise.all(texts)) {
    const last = text.split('\n\n').filter((block) => block.startsWith('event:')).slice(-2);
    expect([name, status, last[0], last[1]]).toEqual([name, 200, expect.stringContaining('"code":"UNAUTHENTICATED"'), 'event: complete\ndata:']);
  }
});

it('over a WebSocket they end with it', async () => {
  const { who, authorization } = await caller(), socket = new WebSocket(`ws://127.0.0.1:${edge.port}/graphql/ws`, 'graphql-transport-ws'), messages: Data[] = [];
  socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data)) as Data));
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await eventually(() => expect(messages).toHaveLength(1));
  for (const [index, field] of fields.entries()) socket.send(JSON.stringify({ id: String(index), type: 'subscribe', payload: { query: documentOf(field) } }));
  await eventually(() => expect(messages.some(({ id, type }) => type === 'next' && id === String(fields.findIndex(({ name }) => name === 'usageTicker')))).toBe(true));
  await rotate(who);
  expect(await closed).toBe(4401);
  expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
});

it('an integration key that is revoked ends what it has opened', async () => {
  const root = await app.user({ role: 100 });
  const { data } = await app.query('mutation { integrationKeyCreate(input: { name: "tail", permissions: [LOG_READ_ANY] }) { secret key { id } } }', {}, root), { secret, key } = data!.integrationKeyCreate as Data;
  const answer = await fetch(`http://127.0.0.1:${edge.port}/graphql/stream`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${secret as string}`, 'x-client-name': 'tail' }, body: JSON.stringify({ query: 'subscription { logTail(scope: ANY) { __typename } }' }),
  });
  await app.query('mutation ($id: ID!) { integrationKeyRevoke(id: $id) { ok } }', { id: key.id }, root);
  expect(await answer.text()).toContain('"code":"UNAUTHENTICATED"');
});
