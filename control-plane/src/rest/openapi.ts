/** OpenAPI 3.1 of the façade, from the same routes. Served at /api/openapi.json. */
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import { legacyInts } from '../kernel/legacy-enum.ts';
import type { RestBind, RestRoute } from './route.ts';

type Schema = Record<string, unknown>;

const castSchemas: Partial<Record<NonNullable<RestBind['cast']>, Schema>> = {
  UNIX_SECONDS: { type: 'integer', description: 'Unix seconds' },
  UNIX_MILLISECONDS: { type: 'integer', description: 'Unix milliseconds' },
  UNIX_MINUS_ONE_IS_NULL: { type: 'integer', description: 'Unix seconds; -1 for never' },
  CSV_LIST: { type: 'string', description: 'Comma-separated' },
  LINES: { type: 'string', description: 'One a line' },
  JSON_TEXT: { type: 'string', description: 'JSON text' },
  QUOTA_INT: { type: 'integer', format: 'int64', description: 'Quota units' },
  BOOL_TEXT: { type: 'boolean' },
  INT: { type: 'integer' },
};

const scalars: Record<string, Schema> = {
  Int: { type: 'integer' }, Float: { type: 'number' }, Boolean: { type: 'boolean' }, ID: { type: 'string' }, String: { type: 'string' },
  Quota: { type: 'integer', format: 'int64' }, Int64: { type: 'integer', format: 'int64' }, Decimal: { type: 'string' },
};

function schemaOf(type: GraphQLInputType): Schema {
  if (isNonNullType(type)) return schemaOf(type.ofType);
  if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType) };
  if (isEnumType(type)) {
    const numbers = legacyInts[type.name];
    return numbers ? { type: 'integer', enum: Object.values(numbers) } : { type: 'string', enum: type.getValues().map((value) => value.name) };
  }
  if (isInputObjectType(type)) return { type: 'object' };
  return scalars[type.name] ?? { type: 'string' };
}

function typeAt(route: RestRoute, to: string): GraphQLInputType | undefined {
  const [first, ...names] = to.split('.');
  return names.reduce<GraphQLInputType | undefined>((type, name) => {
    const named = type && getNamedType(type);
    return named && isInputObjectType(named) ? named.getFields()[name]?.type : undefined;
  }, route.field.args.find((argument) => argument.name === first)?.type);
}

function bindSchema(route: RestRoute, bind: RestBind): Schema {
  const type = typeAt(route, bind.to);
  return (bind.cast && castSchemas[bind.cast]) ?? (type ? schemaOf(type) : { type: 'string' });
}

function parameters(route: RestRoute): Schema[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => ({ name: match[1]!, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = route.bind.filter((bind) => bind.from.startsWith('query.')).map((bind) => ({ name: bind.from.slice(6), in: 'query', schema: bindSchema(route, bind) }));
  const paging = route.envelope === 'PAGE' ? ['p', 'page_size'].map((name) => ({ name, in: 'query', schema: { type: 'integer', minimum: 1 } })) : [];
  const user = route.auth.includes('SESSION') && !route.auth.includes('NONE')
    ? [{ name: 'New-Api-User', in: 'header', required: true, schema: { type: 'integer' }, description: 'Id of the signed-in user' }] : [];
  return [...inPath, ...inQuery, ...paging, ...user];
}

function requestBody(route: RestRoute): Schema | undefined {
  const members = route.bind.filter((bind) => bind.from.startsWith('body.'));
  if (!members.length) return undefined;
  const properties = Object.fromEntries(members.map((bind) => [bind.from.slice(5), bindSchema(route, bind)]));
  return { content: { 'application/json': { schema: { type: 'object', properties } } } };
}

const envelope: Schema = {
  type: 'object', required: ['success', 'message'],
  properties: { success: { type: 'boolean' }, message: { type: 'string' }, data: {} },
};

const security: Record<string, Schema> = { SESSION: { session: [] }, ACCESS_TOKEN: { accessToken: [] }, RELAY_KEY: { relayKey: [] }, NONE: {} };

function operation(route: RestRoute): Schema {
  const body = requestBody(route);
  return {
    operationId: route.fieldPath.join('_'),
    summary: route.field.description ?? route.field.name,
    parameters: parameters(route),
    ...(body ? { requestBody: body } : {}),
    responses: { 200: { description: 'success tells whether it was done', content: { 'application/json': { schema: envelope } } } },
    security: route.auth.map((kind) => security[kind]),
    'x-graphql-field': route.fieldPath.join('.'),
    ...(route.view ? { 'x-legacy-view': route.view } : {}),
    'x-side-effect': route.sideEffect || route.method !== 'GET',
    'x-rate-class': route.rate,
  };
}

export function openApi(routes: readonly RestRoute[], version: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] ??= operation(route);
  return {
    openapi: '3.1.0',
    info: { title: 'Weir management API', version, description: 'Generated from the GraphQL schema, which has more: see /graphql.' },
    paths: Object.fromEntries(Object.entries(paths).sort(([one], [other]) => one.localeCompare(other))),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
        accessToken: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'The access token, with or without Bearer' },
        relayKey: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
