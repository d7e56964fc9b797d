/** Whose things are whose, from the schema itself: someone else's id looks like one that never was, and no list shows what is another's (AUT-02). */
import { getNamedType, GraphQLNonNull, isLeafType, isListType, isObjectType, subscribe, parse, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { insertLogs } from '../features/log/insert-logs.ts';
import { beginSession } from '../features/session/session-store.ts';
import { Drawing } from '../features/task/drawing.entity.ts';
import { Task } from '../features/task/task.entity.ts';
import type { Principal } from '../kernel/context.ts';
import type { Policy } from '../kernel/permission.ts';
import { prefixes, typedId, type IdKind } from '../kernel/typed-id.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';
import { usageEvent } from '../testing/usage-event.ts';
import { createSchema } from './schema.ts';

const schema = createSchema();
type Field = GraphQLField<unknown, unknown>;
const fieldsOf = (type: GraphQLObjectType | null | undefined): Field[] => Object.values(type?.getFields() ?? {});
const isSelf = ({ extensions }: Field) => (extensions.policy as Policy | undefined)?.kind === 'self';
const mark = 'only-alice-has-this';

let app: TestApp, alice: Principal, bob: Principal;
/** Rows of Alice by what their ids begin with. */
const hers = new Map<IdKind, number>();

async function seedAlice(): Promise<void> {
  const em = app.base.orm.em.fork(), sql = sqlOf(em), at = app.clock.now(), { userId } = alice;
  const { data } = await app.query('mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { token { legacyId } } }', { input: { name: mark, unlimited: true } }, alice);
  const tokenId = Number(data!.tokenCreate.token.legacyId);
  hers.set('token', tokenId);
  const session = await beginSession(await app.context(alice), userId);
  hers.set('session', session.id);
  await app.base.orm.em.fork().transactional(async (own) => { await insertLogs(sqlOf(own), [usageEvent({ chargeId: mark, userId, tokenId, model: mark })], at); });
  hers.set('log', (await sql<{ seq: number }>('select seq::int from log order by seq desc limit 1'))[0]!.seq);
  const task = em.create(Task, { taskId: mark, platform: 'suno', action: 'MUSIC', userId, createdAt: at, updatedAt: at, submittedAt: at });
  const drawing = em.create(Drawing, { mjId: mark, action: 'IMAGINE', userId, submittedAt: at });
  await em.flush();
  hers.set('task', task.id).set('drawing', drawing.id);
  const [job] = await sql<{ id: number }>(`insert into job (kind, input, status, requested_by_id, created_at, message) values ('log-delete', '{}', 'RUNNING', $1, now(), $2) returning id::int`, [userId, mark]);
  hers.set('job', job!.id);
  await app.query('mutation ($id: ID!) { userQuotaAdjust(id: $id, idempotencyKey: "k", input: { mode: ADD, quota: "5", reason: "only-alice-has-this" }) { before } }', { id: typedId('user', userId) }, await app.user({ role: 100 }));
}

beforeAll(async () => {
  app = await startTestApp();
  [alice, bob] = [await app.user({ username: 'alice' }), await app.user({ username: 'bob' })];
  await seedAlice();
});
afterAll(() => app.stop());

/** The least that an argument takes beside the id. */
function sample(argument: Field['args'][number], id: string): unknown {
  const named = getNamedType(argument.type).name;
  if (named === 'ID') return isListType(argument.type instanceof GraphQLNonNull ? argument.type.ofType : argument.type) ? [id] : id;
  return ({ TokenPatch: { name: 'stolen' }, TokenStatus: 'DISABLED', Boolean: true } as Data)[named] ?? null;
}

async function ask(operation: string, field: Field, id: string, as: Principal): Promise<unknown> {
  const given = field.args.filter(({ type, name }) => getNamedType(type).name === 'ID' || type instanceof GraphQLNonNull || name === 'input');
  const heads = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', '), call = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const named = getNamedType(field.type), isErrors = isObjectType(named) && 'userErrors' in named.getFields();
  const selection = isLeafType(named) ? '' : `{ __typename ${isErrors ? 'userErrors { code message path }' : ''} }`;
  const { data, errors } = await app.query(`${operation} (${heads}) { ${field.name}(${call}) ${selection} }`, Object.fromEntries(given.map((one) => [one.name, sample(one, id)])), as);
  return JSON.parse(JSON.stringify({ data, errors: errors?.map(({ extensions, message }) => [extensions?.code, message]) ?? null }).replaceAll(id, 'ID')) as unknown;
}

const takesId = (field: Field) => isSelf(field) && field.args.some(({ type }) => getNamedType(type).name === 'ID');
const withIds = [...fieldsOf(schema.getQueryType()).map((field) => ({ operation: 'query', field })), ...fieldsOf(schema.getMutationType()).map((field) => ({ operation: 'mutation', field }))].filter(({ field }) => takesId(field));

describe('someone else\'s id looks like one that never was', () => {
  it.each(withIds.map(({ operation, field }) => ({ name: field.name, operation, field })))('$name', async ({ operation, field }) => {
    for (const [kind, row] of hers) {
      const asked = await ask(operation, field, typedId(kind, row), bob), never = await ask(operation, field, typedId(kind, 987_654), bob);
      expect([prefixes[kind], asked]).toEqual([prefixes[kind], never]);
    }
  });

  it('and hers is as it was', async () => {
    const { data } = await app.query('query ($id: ID!) { token(id: $id) { name status } }', { id: typedId('token', hers.get('token')!) }, alice);
    expect(data!.token).toEqual({ name: mark, status: 'ENABLED' });
    expect(await sqlOf(app.base.orm.em.fork())('select from session where id = $1', [hers.get('session')])).toHaveLength(1);
  });
});

function selectionOf(type: GraphQLObjectType, depth: number): string {
  return Object.values(type.getFields()).filter(({ args }) => args.every(({ type: given, defaultValue }) => !(given instanceof GraphQLNonNull) || defaultValue !== undefined)).flatMap((field) => {
    const named = getNamedType(field.type);
    return isLeafType(named) ? [field.name] : depth > 0 && isObjectType(named) ? [`${field.name} { __typename ${selectionOf(named, depth - 1)} }`] : [];
  }).join(' ');
}

const seriesInput = '(input: { range: { from: "2026-11-19T00:00:00Z", to: "2026-11-21T00:00:00Z" }, interval: HOUR, metrics: [REQUESTS], groupBy: MODEL })';
const readable = fieldsOf(schema.getType('Viewer') as GraphQLObjectType).filter(({ name, args }) => name === 'usageSeries' || args.every(({ type, defaultValue }) => !(type instanceof GraphQLNonNull) || defaultValue !== undefined));

async function read(field: Field, as: Principal): Promise<string> {
  const named = getNamedType(field.type), selection = isObjectType(named) ? `{ __typename ${selectionOf(named, 3)} }` : '';
  const { data } = await app.query(`{ viewer { ${field.name}${field.name === 'usageSeries' ? seriesInput : ''} ${selection} } }`, {}, as);
  return JSON.stringify(data);
}

describe('what a caller reads about themselves holds nothing of another', () => {
  it.each(readable.map((field) => ({ name: field.name, field })))('viewer.$name', async ({ field }) => expect(await read(field, bob)).not.toContain(mark));

  it('while she reads it in all the places where it is', async () => {
    const found: string[] = [];
    for (const field of readable) if ((await read(field, alice)).includes(mark)) found.push(field.name);
    expect(found.sort()).toEqual(expect.arrayContaining(['auditEvents', 'drawings', 'ledger', 'logs', 'tasks', 'tokens', 'usageSeries']));
  });
});

describe('subscriptions', () => {
  const everyone = async (): Promise<[string, Principal | undefined][]> => [
    ['nobody', undefined], ['a relay key', { ...bob, credential: 'relay-key', permissions: [], tokenId: 1 }], ['a key for programs', { ...bob, credential: 'integration-key', permissions: [], keyId: 1 }], ['a user', bob],
  ];

  it.each(fieldsOf(schema.getSubscriptionType()).map((field) => ({ name: field.name, field })))('$name opens for whom its policy says', async ({ field }) => {
    const policy = field.extensions.policy as Policy, named = getNamedType(field.type);
    const given = field.args.filter(({ type, defaultValue }) => type instanceof GraphQLNonNull && defaultValue === undefined), call = given.map(({ name }) => `${name}: "job_987654"`).join(', ');
    const document = parse(`subscription { ${field.name}${call && `(${call})`} ${isLeafType(named) ? '' : '{ __typename }'} }`);
    for (const [who, principal] of await everyone()) {
      const result = await subscribe({ schema: app.schema, document, contextValue: await app.context(principal) });
      const codes = 'errors' in result ? (result.errors ?? []).map(({ extensions }) => extensions.code) : [];
      if (!('errors' in result)) await (result as AsyncGenerator).return(undefined);
      const isDenied = codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN');
      expect([who, isDenied]).toEqual([who, policy.kind === 'self' ? who !== 'a user' : policy.kind === 'permission']);
    }
  });

  it('a job of another is one that never was', async () => {
    const open = async (id: string) => {
      const result = await subscribe({ schema: app.schema, document: parse(`subscription { jobProgress(id: "${id}") { id } }`), contextValue: await app.context(bob) });
      return 'errors' in result ? result.errors!.map(({ message, extensions }) => [message, extensions.code]) : 'opened';
    };
    expect(await open(typedId('job', hers.get('job')!))).toEqual(await open('job_987654'));
  });
});
