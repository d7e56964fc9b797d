/** JSON schemas of answers, taken from the encoder itself: it is given made-up values of the types that a route's document selects. */
import { isEnumType, isLeafType, isListType, isNonNullType, isObjectType, Kind, type DocumentNode, type FieldNode, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import type { RequestContext } from '../kernel/context.ts';
import { encode } from './encode.ts';
import type { Schema } from './openapi-schema.ts';
import type { Shape } from './operation.ts';
import type { RestRoute } from './route.ts';
import type { RestView } from './view.ts';

export interface Described { route: RestRoute; view: RestView | undefined; shape: Shape; document: DocumentNode }

const leaves: Record<string, unknown> = { Int: 1, Float: 1.5, Boolean: true, ID: 'id_1', Quota: '1', Int64: '1', Decimal: '1.5', DateTimeISO: '2026-01-01T00:00:00.000Z', JSON: {}, String: '{}' };
/** Half way through a sign-in the answer is another one. */
const off = new Set(['twoFactorRequired', 'bound']);

function valueOf(schema: GraphQLSchema, type: GraphQLOutputType, selected: SelectionSetNode | undefined): unknown {
  if (isNonNullType(type)) return valueOf(schema, type.ofType, selected);
  if (isListType(type)) return [valueOf(schema, type.ofType, selected)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isLeafType(type)) return leaves[type.name] ?? 'text';
  return isObjectType(type) && selected ? objectOf(schema, type, selected) : {};
}

function objectOf(schema: GraphQLSchema, type: GraphQLObjectType, { selections }: SelectionSetNode): Record<string, unknown> {
  const fields = selections.filter((one): one is FieldNode => one.kind === Kind.FIELD);
  return Object.fromEntries(fields.map(({ name: { value: name }, selectionSet }) => {
    const field = type.getFields()[name];
    return [name, !field ? type.name : name === 'userErrors' ? [] : off.has(name) ? false : valueOf(schema, field.type, selectionSet)];
  }));
}

function selectionOf({ route, document }: Described): SelectionSetNode | undefined {
  const [definition] = document.definitions;
  let selected = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
  for (const _ of route.fieldPath) selected = (selected?.selections[0] as FieldNode | undefined)?.selectionSet;
  return selected;
}

/** Keys that come from the made-up values: the object is a map. */
const isMap = (names: readonly string[]): boolean => names.length === 1 && ['{}', 'text', '1', 'id_1'].includes(names[0]!);

function schemaOf(value: unknown): Schema {
  if (value === null) return {};
  if (Array.isArray(value)) return { type: 'array', items: value.length ? schemaOf(value[0]) : {} };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  if (typeof value !== 'object') return { type: typeof value };
  const members = Object.entries(value);
  if (isMap(members.map(([name]) => name))) return { type: 'object', additionalProperties: schemaOf(members[0]![1]) };
  return members.length ? { type: 'object', properties: Object.fromEntries(members.map(([name, member]) => [name, schemaOf(member)])) } : { type: 'object' };
}

const context = { language: 'en', principal: undefined } as RequestContext;

/** Undefined where the answer is no JSON. */
export function answerSchema(schema: GraphQLSchema, described: Described): Schema | undefined {
  const { route } = described;
  if (route.envelope === 'REDIRECT') return undefined;
  const value = valueOf(schema, route.field.type, selectionOf(described)), request = { method: route.method, path: route.path, query: new Map<string, string>(), body: undefined };
  try {
    return schemaOf(JSON.parse(String(encode({ ...described, value, request, context }).body)));
  } catch {
    return { type: 'object', properties: { success: { type: 'boolean' }, message: { type: 'string' }, data: {} } };   // a view that reads a text of its own
  }
}

