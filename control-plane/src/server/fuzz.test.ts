/** Nothing that a client sends is a fault of ours: every operation and every route, with what their types allow and what they do not. */
import fc from 'fast-check';
import { isLeafType, getNamedType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../kernel/context.ts';
import { readRoutes } from '../rest/route.ts';
import { anyJson, anyText, argumentsOf } from '../testing/arbitrary-input.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { createSchema } from './schema.ts';

const schema = createSchema();
/** They wait for relays or for addresses on the internet; their own tests have them. */
const elsewhere = /^(channelTest|channelBalance|channelModelsFetch|channelUpstream|modelSync|priceSync|optionTest|notificationTest|oauthDiscovery|setupComplete)/;
const seed = 20_261_120, runs = 6;

type Field = GraphQLField<unknown, unknown>;
interface Target { operation: 'query' | 'mutation'; path: string[]; field: Field }

const fieldsOf = (type: GraphQLObjectType | null | undefined): Field[] => Object.values(type?.getFields() ?? {});
const viewer = schema.getType('Viewer') as GraphQLObjectType;
const targets: Target[] = [
  ...fieldsOf(schema.getQueryType()).map((field): Target => ({ operation: 'query', path: [field.name], field })),
  ...fieldsOf(viewer).map((field): Target => ({ operation: 'query', path: ['viewer', field.name], field })),
  ...fieldsOf(schema.getMutationType()).map((field): Target => ({ operation: 'mutation', path: [field.name], field })),
].filter(({ field }) => !elsewhere.test(field.name));

/** Everything below a field that needs no arguments, three levels deep. */
function selectionOf(type: GraphQLObjectType, depth: number): string {
  const inside = Object.values(type.getFields()).filter(({ args }) => args.every(({ defaultValue, type: given }) => defaultValue !== undefined || !String(given).endsWith('!')));
  const parts = inside.flatMap((field) => {
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    return depth > 0 && isObjectType(named) ? [`${field.name} { ${selectionOf(named, depth - 1)} }`] : [];
  });
  return ['__typename', ...parts].join(' ');
}

function documentOf({ operation, path, field }: Target, args: Readonly<Record<string, unknown>>): string {
  const given = field.args.filter(({ name }) => name in args), named = getNamedType(field.type);
  const heads = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', '), call = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isLeafType(named) ? '' : `{ ${isObjectType(named) ? selectionOf(named, 2) : '__typename'} }`;
  const inner = `${path.at(-1)}${call && `(${call})`} ${selection}`;
  return `${operation}${heads && `(${heads})`} { ${path.length > 1 ? `${path[0]} { ${inner} }` : inner} }`;
}

let app: TestApp, root: Principal, headers: Record<string, string>;
beforeAll(async () => {
  app = await startTestApp({ WEIR_API_RATE: '0', WEIR_COST_LIMITS: 'off' });
  root = await app.user({ role: 100 });
  const own = async (values: object) => app.query('mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { token { id } } }', { input: values }, root);
  await own({ name: 'first', unlimited: true });
  const caller = await app.user({ role: 100 });
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, caller);
  headers = { authorization: data!.accessTokenRotate.accessToken as string, 'new-api-user': String(caller.userId), 'content-type': 'application/json' };
});
afterAll(() => app.stop());

const ours = new Set(['INTERNAL', 'UNAVAILABLE', 'TIMEOUT']);

/** Samples, and those whose values the types let through to a resolver. */
let asked = 0, reached = 0;

describe('no operation is answered with a fault of ours', () => {
  it.each(targets.map((target) => ({ name: `${target.operation} ${target.path.join('.')}`, target })))('$name', async ({ target }) => {
    for (const args of fc.sample(argumentsOf(target.field), { seed, numRuns: target.field.args.length > 0 ? runs : 1 })) {
      const { errors } = await app.query(documentOf(target, args), args, root);
      asked += 1;
      if (!(errors ?? []).some(({ path, extensions }) => !path && extensions?.code === 'BAD_USER_INPUT')) reached += 1;
      const faults = (errors ?? []).filter(({ extensions }) => ours.has(String(extensions?.code)));
      expect(faults, JSON.stringify(args)?.slice(0, 2_000)).toEqual([]);
    }
  });

  it('and enough of them were not refused by their types alone', () => {
    console.log(`fuzz: ${reached} of ${asked} operations reached a resolver`);
    expect(reached).toBeGreaterThan(asked / 3);
  });
});

describe('no route is answered with a status of ours', () => {
  const routes = readRoutes(schema).filter(({ field }) => !elsewhere.test(field.name));
  const slow = /\/(test|update_balance|fetch_models|sync_upstream|ratio_sync)/;
  it.each(routes.filter(({ path }) => !slow.test(path)).map(({ method, path, bind }) => ({ method, path, bind })))('$method $path', async ({ method, path, bind }) => {
    const names = bind.map(({ from }) => from.split('.')), query = names.filter(([place]) => place === 'query').map(([, name]) => name!);
    const members = names.filter(([place, name]) => place === 'body' && name).map(([, name]) => name!);
    const value = fc.oneof(anyText, fc.integer(), anyJson);
    const request = fc.record({
      place: fc.oneof(fc.constantFrom('1', '0', '-1', '99999999999', 'x', '%00', '1;', 'self'), fc.integer().map(String)),
      query: fc.record(Object.fromEntries([...query, 'p', 'page_size', 'keyword'].map((name) => [name, anyText])), { requiredKeys: [] }),
      body: fc.oneof({ weight: 5, arbitrary: fc.record(Object.fromEntries([...members, 'id', 'ids', 'name', 'status', 'quota'].map((name) => [name, value])), { requiredKeys: [] }) }, { weight: 1, arbitrary: anyJson }),
    });
    for (const { place, query: words, body } of fc.sample(request, { seed, numRuns: runs })) {
      const search = new URLSearchParams(words as Record<string, string>).toString();
      const { status, body: text } = await app.request({ method, path: `${path.replace(/\{\w+\}/g, place)}?${search}`, headers, body: method === 'GET' ? undefined : JSON.stringify(body), address: `10.1.${place.length}.${search.length % 250}` });
      expect(status, `${place} ${search} ${JSON.stringify(body)} → ${String(text).slice(0, 500)}`).toBeLessThan(500);
    }
  });
});
