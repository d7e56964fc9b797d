/** Routes, read from the `@rest` directives of the printed schema. There is no other table of routes. */
import { getDirective } from '@graphql-tools/utils';
import { GraphQLObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { readPredicate, type Predicate } from './predicate.ts';

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RestEnvelope = 'DATA' | 'PAGE' | 'LIST' | 'CODE_DATA' | 'MESSAGE' | 'RAW' | 'REDIRECT';
export type RestAuth = 'NONE' | 'SESSION' | 'ACCESS_TOKEN' | 'RELAY_KEY';
export type RestCast =
  | 'INT' | 'UNIX_SECONDS' | 'UNIX_MILLISECONDS' | 'UNIX_MINUS_ONE_IS_NULL' | 'CSV_LIST' | 'LINES' | 'JSON_TEXT'
  | 'LEGACY_ENUM' | 'QUOTA_INT' | 'QUOTA_CEIL' | 'PAGE' | 'BOOL_TEXT' | 'LIKE_PERCENT' | 'ON_OFF' | 'ZERO_IS_NULL' | 'PAIRS' | 'ONE_IS_TRUE' | 'ZERO_OR_ONE' | 'AS_JSON_TEXT';

export interface RestBind { from: string; to: string; cast?: RestCast; default?: string }

interface RestDirective {
  method: RestMethod;
  path: string;
  when?: string;
  bind?: RestBind[];
  view?: string;
  envelope: RestEnvelope;
  auth: RestAuth[];
  sideEffect: boolean;
  rate: 'NORMAL' | 'SEARCH' | 'CRITICAL';
}

export interface RestRoute extends Omit<RestDirective, 'when' | 'bind'> {
  bind: readonly RestBind[];
  when: Predicate | undefined;
  whenText: string | undefined;
  operation: 'query' | 'mutation';
  /** Fields from the root down to the one that answers: ['viewer', 'tokens']. */
  fieldPath: readonly string[];
  field: GraphQLField<unknown, unknown>;
}

function routesOf(schema: GraphQLSchema, type: GraphQLObjectType, operation: RestRoute['operation'], above: readonly string[]): RestRoute[] {
  return Object.values(type.getFields()).flatMap((field) =>
    ((getDirective(schema, field, 'rest') ?? []) as RestDirective[]).map((directive) => ({
      ...directive,
      bind: directive.bind ?? [],
      when: directive.when === undefined ? undefined : readPredicate(directive.when),
      whenText: directive.when,
      operation,
      fieldPath: [...above, field.name],
      field,
    })),
  );
}

/** All routes; throws when two of them cannot be told apart. */
export function readRoutes(schema: GraphQLSchema): RestRoute[] {
  const query = schema.getQueryType(), mutation = schema.getMutationType(), viewer = schema.getType('Viewer');
  const routes = [
    ...(query ? routesOf(schema, query, 'query', []) : []),
    ...(mutation ? routesOf(schema, mutation, 'mutation', []) : []),
    ...(viewer instanceof GraphQLObjectType ? routesOf(schema, viewer, 'query', ['viewer']) : []),
  ];
  const seen = new Set<string>();
  for (const route of routes) {
    const key = `${route.method} ${route.path} ${route.whenText ?? ''}`;
    if (seen.has(key)) throw new Error(`Two fields claim the route ${key}: give one of them another 'when'`);
    seen.add(key);
  }
  return routes;
}
