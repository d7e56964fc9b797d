/** OpenAPI 3.1 of the façade, from the same routes. Served at /api/openapi.json. */
import type { GraphQLSchema } from 'graphql';
import type { RawRoute } from '../kernel/http/raw-route.ts';
import { answerSchema, type Described } from './openapi-answer.ts';
import { takenBy, type Schema, type Taken } from './openapi-schema.ts';
import type { RestRoute } from './route.ts';

export interface Documented { routes: readonly Described[]; raw: readonly RawRoute[]; schema: GraphQLSchema; version: string }

const security: Record<string, Schema> = { SESSION: { session: [] }, ACCESS_TOKEN: { accessToken: [] }, RELAY_KEY: { relayKey: [] }, NONE: {} };

const refusals: Record<string, string> = {
  400: 'A body that is no JSON object, or a value of the wrong kind: the message names it', 401: 'Not signed in, or a New-Api-User of somebody else',
  403: 'The role is too low, or a fresh proof is needed', 404: 'There is no such row for the caller', 429: 'Too many requests: see Retry-After',
};
const refusalOf = (status: string): Schema => ({ description: refusals[status]!, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } });

const headerOf = (route: RestRoute): Schema[] =>
  (route.auth.includes('SESSION') && !route.auth.includes('NONE') ? [{ name: 'New-Api-User', in: 'header', required: true, schema: { type: 'integer' }, description: 'Id of the signed-in user' }] : []);

/** The same path may be shared by fields that are told apart by a value: it takes what any of them takes. */
function union(all: readonly Taken[], only: Taken['place'], shared: number): Taken[] {
  const byName = new Map<string, Taken>();
  for (const one of all.filter(({ place }) => place === only)) if (!byName.has(one.name)) byName.set(one.name, one);
  return [...byName.values()].map((one) => ({ ...one, required: one.required && (only === 'path' || all.filter(({ name, place, required }) => name === one.name && place === only && required).length === shared) }));
}

function objectSchema(members: readonly Taken[]): Schema {
  const properties: Record<string, Schema> = {};
  for (const { name, schema } of members) {
    const names = name.split('.'), last = names.pop()!;
    let inside = properties;
    for (const one of names) inside = ((inside[one] ??= { type: 'object', properties: {} }).properties ??= {}) as Record<string, Schema>;
    inside[last] ??= schema;
  }
  const required = members.filter((one) => one.required && !one.name.includes('.')).map(({ name }) => name);
  return { type: 'object', properties, ...(required.length ? { required } : {}) };
}

/** What tells the fields of a shared path apart is a parameter, too. */
function choices(routes: readonly RestRoute[]): Taken[] {
  return routes.flatMap(({ whenText = '' }) => {
    const [, place, name] = /^!?(query|body)\.(\w+)/.exec(whenText) ?? [];
    return place && name ? [{ place: place as Taken['place'], name, required: false, schema: {} }] : [];
  });
}

function operation(all: readonly Described[], { schema }: Documented, id: string): Schema {
  const [first] = all as [Described], { route } = first, routes = all.map((one) => one.route), taken = [...routes.flatMap(takenBy), ...choices(routes)];
  const body = union(taken, 'body', all.length), paging = route.envelope === 'PAGE' ? ['p', 'page_size', 'ps', 'size'].map((name) => ({ name, in: 'query', required: false, schema: { type: 'integer', minimum: 1 } })) : [];
  const parameters = (['path', 'query'] as const).flatMap((place) => union(taken, place, all.length).map(({ name, schema: one, required }) => ({ name, in: place, required, schema: one })));
  // The object is handed on as it came: options by name, what a browser made of a passkey.
  const isWhole = routes.some(({ bind }) => bind.some(({ from }) => from === 'body'));
  const answer = answerSchema(schema, first), isPublic = route.auth.includes('NONE');
  const statuses = Object.keys(refusals).filter((status) => !(isPublic && (status === '401' || status === '403')) && (status !== '404' || route.path.includes('{')));
  return {
    operationId: id, tags: [route.path.split('/')[2] ?? 'api'], summary: route.field.description ?? route.field.name,
    parameters: [...parameters, ...paging.filter(({ name }) => !parameters.some((one) => one.name === name)), ...headerOf(route)],
    ...(body.length || isWhole ? { requestBody: { required: true, content: { 'application/json': { schema: { ...objectSchema(body), ...(isWhole && { additionalProperties: true }) } } } } } : {}),
    responses: {
      ...(answer ? { 200: { description: 'success tells whether it was done', content: { 'application/json': { schema: answer } } } } : { 302: { description: 'Done: go on there' } }),
      ...Object.fromEntries(statuses.map((status) => [status, refusalOf(status)])),
    },
    security: route.auth.map((kind) => security[kind]),
    'x-graphql-field': route.fieldPath.join('.'),
    ...(all.length > 1 ? { 'x-fields': routes.map(({ fieldPath, whenText }) => ({ field: fieldPath.join('.'), when: whenText })) } : {}),
    ...(route.view ? { 'x-legacy-view': route.view } : {}),
    'x-side-effect': route.sideEffect || route.method !== 'GET',
    'x-rate-class': route.rate,
  };
}

const rawOperation = ({ method, path, rate }: RawRoute, id: string): Schema => ({
  operationId: id, tags: [path.split('/')[2] ?? 'api'], summary: 'Answers without an envelope: a notice of a payment provider, or a file.', parameters: [],
  responses: { 200: { description: 'Taken, or the file' }, default: { description: 'Refused' } }, security: [{}], 'x-side-effect': method !== 'GET', 'x-rate-class': rate,
});

/** Field names, as graphql-design 18 wants them; where a field has several routes, with the words of the path. */
function idMaker(): (name: string, path: string) => string {
  const given = new Set<string>();
  return (name, path) => {
    const words = [name, `${name}_${path.split('/').filter((part) => /^\w+$/.test(part)).slice(1).join('_')}`, `${name}_${path.replace(/\W+/g, '_')}`];
    const id = words.find((one) => !given.has(one)) ?? `${name}_${given.size}`;
    given.add(id);
    return id;
  };
}

export function openApi(documented: Documented): Schema {
  const paths: Record<string, Record<string, Schema>> = {}, shared = new Map<string, Described[]>(), idOf = idMaker();
  for (const one of documented.routes) {
    const key = `${one.route.method} ${one.route.path}`, known = shared.get(key);
    if (known) known.push(one);
    else shared.set(key, [one]);
  }
  for (const all of shared.values()) {
    const { route } = all[0]!;
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(all, documented, idOf(route.fieldPath.join('_'), route.path));
  }
  for (const route of documented.raw) (paths[route.path] ??= {})[route.method.toLowerCase()] ??= rawOperation(route, idOf(`${route.method.toLowerCase()}_${route.path.replace(/\W+/g, '_')}`, route.path));
  return {
    openapi: '3.1.0',
    info: { title: 'Weir management API', version: documented.version, description: 'Generated from the GraphQL schema, which has more: see /graphql. A final slash makes no difference, but for the form of some lists.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([one], [other]) => one.localeCompare(other))),
    components: {
      schemas: { Refusal: { type: 'object', required: ['success', 'message'], properties: { success: { type: 'boolean', const: false }, message: { type: 'string' }, code: { type: 'string' } } } },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
        accessToken: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'The access token, with or without Bearer' },
        relayKey: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
