/** JSON schemas of what a route takes: each value in the form that REST gives it. */
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredArgument, isRequiredInputField, type GraphQLInputType } from 'graphql';
import { legacyInts } from '../kernel/legacy-enum.ts';
import type { RestBind, RestRoute } from './route.ts';

export type Schema = Record<string, unknown>;

/** A value that the caller may send: `name` with dots for a member inside an object. */
export interface Taken { place: 'path' | 'query' | 'body'; name: string; schema: Schema; required: boolean }

const castSchemas: Partial<Record<NonNullable<RestBind['cast']>, Schema>> = {
  UNIX_SECONDS: { type: 'integer', description: 'Unix seconds' },
  UNIX_MILLISECONDS: { type: 'integer', description: 'Unix milliseconds' },
  UNIX_MINUS_ONE_IS_NULL: { type: 'integer', description: 'Unix seconds; -1 for never' },
  CSV_LIST: { type: 'string', description: 'Comma-separated' },
  LINES: { type: 'string', description: 'One a line' },
  QUOTA_INT: { type: 'integer', format: 'int64', description: 'Quota units' },
  QUOTA_CEIL: { type: 'number', description: 'Quota units' },
  BOOL_TEXT: { type: 'boolean' },
  ONE_IS_TRUE: { type: 'integer', description: '1 for yes' },
  ZERO_OR_ONE: { type: 'integer', enum: [0, 1] },
  ON_OFF: { type: 'string', enum: ['enabled', '1', 'disabled', '0'] },
  INT: { type: 'integer' },
};

const scalars: Record<string, Schema> = {
  Int: { type: 'integer' }, Float: { type: 'number' }, Boolean: { type: 'boolean' }, ID: { type: 'integer' }, String: { type: 'string' },
  Quota: { type: 'integer', format: 'int64' }, Int64: { type: 'integer', format: 'int64' }, Decimal: { type: 'string' },
};

function schemaOf(type: GraphQLInputType): Schema {
  if (isNonNullType(type)) return schemaOf(type.ofType);
  if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType) };
  if (isEnumType(type)) {
    const numbers = legacyInts[type.name];
    return numbers ? { type: 'integer', enum: Object.values(numbers) } : { type: 'string', enum: type.getValues().map((value) => value.name.toLowerCase()) };
  }
  if (isInputObjectType(type)) return { type: 'object', properties: Object.fromEntries(Object.values(type.getFields()).map((field) => [snake(field.name), schemaOf(field.type)])) };
  return scalars[type.name] ?? { type: 'string' };
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The argument or member that a bind fills, and whether it must be there. */
function targetOf(route: RestRoute, to: string): { type: GraphQLInputType; required: boolean } | undefined {
  const [first, ...names] = to.split('.'), argument = route.field.args.find(({ name }) => name === first);
  let found = argument && { type: argument.type, required: isRequiredArgument(argument) };
  for (const name of names) {
    const named = found && getNamedType(found.type), field = named && isInputObjectType(named) ? named.getFields()[name] : undefined;
    found = field && { type: field.type, required: isRequiredInputField(field) };
  }
  return found;
}

function bound(route: RestRoute, { from, to, cast, default: usual }: RestBind): Taken[] {
  const [, place, name] = /^(path|query|body)\.(.+)$/.exec(from) ?? [], target = targetOf(route, to);
  if (place === undefined || name === undefined) return [];
  const schema = (cast && castSchemas[cast]) ?? (target && cast !== 'JSON_TEXT' && cast !== 'AS_JSON_TEXT' ? schemaOf(target.type) : {});
  // A list that one value fills.
  const one = schema.type === 'array' && place === 'query' ? schema.items as Schema : schema;
  return [{ place: place as Taken['place'], name, schema: one, required: place === 'path' || ((target?.required ?? false) && !usual) }];
}

const pagingArguments = new Set(['first', 'after', 'last', 'before', 'offset', 'orderBy', 'filter', 'input', 'idempotencyKey', 'expectedVersion']);

/** What is bound because it has the same name (bind.ts). */
function implied(route: RestRoute): Taken[] {
  const taken = new Set(route.bind.map(({ to }) => to)), inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  const free = route.field.args.filter(({ name }) => !taken.has(name) && !pagingArguments.has(name) && !inPath.has(name));
  const input = taken.has('input') ? undefined : route.field.args.find(({ name }) => name === 'input'), type = input && getNamedType(input.type);
  const fields = type && isInputObjectType(type) ? Object.values(type.getFields()).filter(({ name }) => !taken.has(`input.${name}`) && ![...taken].some((to) => to.startsWith(`input.${name}.`))) : [];
  return [
    ...[...inPath].filter((name) => !route.bind.some(({ from }) => from === `path.${name}`)).map((name): Taken => ({ place: 'path', name, schema: { type: 'integer' }, required: true })),
    ...free.filter(({ type: one }) => !isInputObjectType(getNamedType(one))).map((one): Taken => ({ place: 'query', name: snake(one.name), schema: schemaOf(one.type), required: isRequiredArgument(one) })),
    ...fields.map((field): Taken => ({ place: 'body', name: snake(field.name), schema: schemaOf(field.type), required: isRequiredInputField(field) })),
  ];
}

export const takenBy = (route: RestRoute): Taken[] => [...route.bind.flatMap((bind) => bound(route, bind)), ...implied(route)];
