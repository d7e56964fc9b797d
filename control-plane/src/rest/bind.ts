/** A request becomes GraphQL variables: what the directive binds, then what has the same name, then the page. */
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isRequiredArgument, type GraphQLArgument, type GraphQLInputObjectType, type GraphQLInputType } from 'graphql';
import { legacyInts } from '../kernel/legacy-enum.ts';
import type { MessageCode } from '../kernel/words/messages.ts';
import { cast, CastFault } from './casts.ts';
import { nameOf } from './fault.ts';
import type { RestBind, RestRoute } from './route.ts';

export interface RestRequest {
  method: string;
  path: string;
  query: ReadonlyMap<string, string>;
  /** Parsed JSON; undefined when there was none. */
  body: unknown;
}

/** What is wrong with the request, in the REST form's own words. */
export class BindFault {
  readonly field: string;
  readonly reason: MessageCode;
  readonly detail: string | undefined;
  /** A body that lacks what the call is about: the compatible API tells that like a rule of the product. */
  readonly isRule: boolean;
  constructor(field: string, { reason, detail }: Pick<CastFault, 'reason' | 'detail'>, isRule = false) {
    this.field = field;
    this.reason = reason;
    this.detail = detail;
    this.isRule = isRule;
  }
}

type Variables = Record<string, unknown>;

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const membersOf = (body: unknown): Record<string, unknown> => (body !== null && typeof body === 'object' && !Array.isArray(body) ? body as Record<string, unknown> : {});

function read(from: string, request: RestRequest, path: ReadonlyMap<string, string>): unknown {
  if (from.startsWith('const:')) return from.slice('const:'.length);
  if (from === 'body') return request.body;
  const [place, ...names] = from.split('.');
  if (place === 'path') return path.get(names[0]!);
  if (place === 'query') return request.query.get(names[0]!);
  return names.reduce<unknown>((value, name) => membersOf(value)[name], request.body);
}

function write(variables: Variables, to: string, value: unknown): void {
  const names = to.split('.'), last = names.pop()!;
  let place = variables;
  for (const name of names) place = (place[name] ??= {}) as Variables;
  place[last] = value;
}

function typeAt(route: RestRoute, to: string): GraphQLInputType | undefined {
  const [first, ...names] = to.split('.');
  let type: GraphQLInputType | undefined = route.field.args.find((argument) => argument.name === first)?.type;
  for (const name of names) {
    const named = type && getNamedType(type);
    type = named && isInputObjectType(named) ? named.getFields()[name]?.type : undefined;
  }
  return type;
}

/** Text to what the argument's type wants, where only the REST form makes a difference: numbers in a query, enums by number. */
function fit(value: unknown, type: GraphQLInputType | undefined): unknown {
  const list = type && getNullableType(type);
  if (Array.isArray(value) && isListType(list)) {
    const read = value.map((one) => fit(one, list.ofType));
    return read.find((one) => one instanceof CastFault) ?? read;
  }
  const named = type && getNamedType(type);
  if (!named || value === null) return value;
  if (isEnumType(named)) return enumValue(value, { name: named.name, words: named.getValues().map((one) => one.name) });
  if (named.name === 'Int' || named.name === 'Float') return cast('INT', value);
  if (named.name === 'Boolean') return cast('BOOL_TEXT', value);
  if (named.name === 'ID') return rowId(value);
  return isInputObjectType(named) ? members(value, named) : value;
}

/** A row's number, also with the prefix that GraphQL shows. */
function rowId(value: unknown): string | CastFault {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^([a-z]+_)?[1-9]\d{0,14}$/.test(text) ? text : new CastFault('param_id');
}

/** Members of an object under the names that the type has for them. Others are passed over. */
function members(value: unknown, type: GraphQLInputObjectType): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const fields = type.getFields();
  const read = Object.entries(value).flatMap(([name, given]) => (fields[camel(name)] ? [[camel(name), fit(given, fields[camel(name)]!.type)] as const] : []));
  return read.find(([, one]) => one instanceof CastFault)?.[1] ?? Object.fromEntries(read);
}

function enumValue(value: unknown, { name, words }: { name: string; words: readonly string[] }): unknown {
  const known = legacyInts[name];
  const word = typeof value === 'string' ? value.toUpperCase().replaceAll('-', '_') : '';
  if (words.includes(word)) return word;                  // REST spells them in lower case, and with hyphens
  const isPlain = typeof value === 'number' || typeof value === 'string';
  const found = known && isPlain && Object.keys(known).find((word) => String(known[word]) === String(value));
  return found || new CastFault('param_one_of', known ? Object.values(known).join(', ') : words.map((one) => one.toLowerCase()).join(', '));
}

const isSameName = ({ from, to }: RestBind): boolean => from.startsWith('body.') && camel(from.split('.').at(-1)!) === to.split('.').at(-1);

function bindOne(route: RestRoute, bind: RestBind, request: RestRequest, path: ReadonlyMap<string, string>, variables: Variables): BindFault | undefined {
  const given = read(bind.from, request, path) ?? bind.default;
  if (given === undefined || (given === '' && bind.from.startsWith('query.'))) return undefined;
  const type = typeAt(route, bind.to);
  // No row has the number 0: clients of this API send it for "any".
  if (given === '0' && bind.from.startsWith('query.') && type && getNamedType(type).name === 'ID') return undefined;
  const isList = type !== undefined && isListType(getNullableType(type));
  const converted = bind.cast ? cast(bind.cast, given) : given;
  // One value for a list is what GraphQL takes; a member that is called a list here must be one.
  const value = isList && isSameName(bind) && converted !== null && !Array.isArray(converted) && !(converted instanceof CastFault) ? new CastFault('param_list') : fit(converted, type);
  if (value instanceof CastFault) return new BindFault(bind.from.replace(/^\w+\./, ''), value);
  write(variables, bind.to, value);
  return undefined;
}

/** Path, query and body members whose names (or camel-cased names) are arguments, unless a bind has said otherwise. */
export function impliedBinds(route: RestRoute, request: RestRequest, path: ReadonlyMap<string, string>): RestBind[] {
  const bound = new Set(route.bind.flatMap((bind) => [bind.from, bind.to]));
  const free = (from: string, to: string) => !bound.has(from) && !bound.has(to);
  const named = (name: string) => route.field.args.some((argument) => argument.name === name);
  const input = route.field.args.find((argument) => argument.name === 'input');
  const inputType = input && getNamedType(input.type);
  const inputFields = inputType && isInputObjectType(inputType) ? inputType.getFields() : {};
  return [
    ...[...path.keys()].map((name) => ({ from: `path.${name}`, to: camel(name) })).filter(({ from, to }) => named(to) && free(from, to)),
    ...[...request.query.keys()].map((name) => ({ from: `query.${name}`, to: camel(name) })).filter(({ from, to }) => named(to) && free(from, to)),
    ...Object.keys(membersOf(request.body)).map((name) => ({ from: `body.${name}`, to: `input.${camel(name)}` }))
      .filter(({ from, to }) => to.slice(6) in inputFields && free(from, to) && !bound.has('input')),
  ];
}

export interface Page { number: number; size: number }

/** `p` from 1, and the length under the first of page_size, ps, size; at most 100 (management-api 4). */
export function readPage({ path }: Pick<RestRoute, 'path'>, query: ReadonlyMap<string, string>): Page {
  const usual = path === '/api/channel/search' ? 20 : 10;
  const whole = (text: string | undefined) => (text !== undefined && /^-?\d{1,30}$/.test(text) ? Number(text) : undefined);
  const size = whole(query.get('page_size') ?? query.get('ps') ?? query.get('size')) ?? usual;
  // No list is so long; a larger number would not fit the argument.
  return { number: Math.min(20_000_000, Math.max(1, whole(query.get('p')) ?? 1)), size: Math.min(100, size < 1 ? usual : size) };
}

/** @param given arguments that come from no place that a directive could name */
export function bindVariables(route: RestRoute, request: RestRequest, path: ReadonlyMap<string, string>, given: Variables = {}): Variables | BindFault {
  const variables: Variables = { ...given };
  for (const bind of [...impliedBinds(route, request, path), ...route.bind]) {
    const fault = bindOne(route, bind, request, path, variables);
    if (fault) return fault;
  }
  if (route.envelope === 'PAGE') {
    const page = readPage(route, request.query);
    Object.assign(variables, { first: page.size, offset: (page.number - 1) * page.size });
  }
  const missing = route.field.args.find((argument: GraphQLArgument) => isRequiredArgument(argument) && variables[argument.name] === undefined);
  if (!missing) return variables;
  if (missing.name !== 'input') return new BindFault(nameOf(missing.name, route.bind), { reason: 'param_missing', detail: undefined }, request.method !== 'GET' && !route.bind.some(({ from, to }) => from.startsWith('query.') && to === missing.name));
  return { ...variables, input: {} };
}
