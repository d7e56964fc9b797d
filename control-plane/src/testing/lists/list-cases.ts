/**
 * Every list of the schema with every value of every filter, in every order: generated, so that a new filter or sort is tried
 * from its first day. A filter that has no sample stops whoever runs this.
 */
import {
  getNamedType, getNullableType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType,
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql';
import { grouped } from './grouped.ts';
import { samplesOf } from './samples.ts';

export interface ListCase {
  /** Such as `users` or `viewer.logs`. */
  list: string;
  document: string;
  /** Asks for the total alone. */
  countDocument: string;
  variables: Record<string, unknown>;
}

const pageArguments = new Set(['after', 'first', 'offset']);

/** What an argument or a member of a filter may be given; `place` names it in complaints. */
function valuesOf(place: string, name: string, type: GraphQLInputType): unknown[] {
  const inner = getNullableType(type), named = getNamedType(inner);
  const single = isEnumType(named) ? named.getValues().map((value) => value.name) : named.name === 'Boolean' ? [true, false] : samplesOf(name);
  if (!single) throw new Error(`${place}: there is no sample for ${name}: add one to samples.ts`);
  return isListType(inner) ? [...single.map((value) => [value]), single] : [...single];
}

/** Each member alone, and none. */
function filtersOf(place: string, type: GraphQLInputType): (Record<string, unknown> | undefined)[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`${place}: a filter is an input object`);
  return [undefined, ...Object.values(named.getFields()).flatMap((field) => valuesOf(place, field.name, field.type).map((value) => ({ [field.name]: value })))];
}

function ordersOf(type: GraphQLInputType): Record<string, unknown>[] {
  const named = getNamedType(type), field = isInputObjectType(named) ? getNamedType(named.getFields().field?.type) : undefined;
  if (!isEnumType(field)) throw new Error('an order has an enum `field`');
  return field.getValues().flatMap(({ name }) => ['ASC', 'DESC'].map((direction) => ({ field: name, direction })));
}

function choicesOf(place: string, { name, type }: GraphQLArgument): unknown[] {
  if (name === 'filter') return filtersOf(place, type);
  if (name === 'orderBy') return ordersOf(type);
  const values = valuesOf(place, name, type);
  return isNonNullType(type) ? values : [undefined, ...values];
}

const product = (choices: readonly (readonly [string, unknown[]])[]): Record<string, unknown>[] =>
  choices.reduce<Record<string, unknown>[]>((all, [name, values]) => all.flatMap((before) => values.map((value) => ({ ...before, ...(value !== undefined && { [name]: value }) }))), [{}]);

/** What a page shows: the plain fields of a row. */
function fieldsOf(connection: GraphQLObjectType): string {
  const node = getNamedType(connection.getFields().nodes?.type);
  if (!isObjectType(node)) throw new Error(`${connection.name} has no nodes`);
  const plain = Object.values(node.getFields()).filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0 && !field.extensions.policy);
  return plain.map(({ name }) => name).join(' ');
}

function casesOf(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>, connection: GraphQLObjectType): ListCase[] {
  const isOwn = parent.name === 'Viewer', list = isOwn ? `viewer.${field.name}` : field.name;
  const asked = field.args.filter(({ name }) => !pageArguments.has(name));
  const head = asked.length ? `query (${asked.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')})` : '', given = asked.map(({ name }) => `${name}: $${name}`);
  const documentOf = (selection: string, page: string[]) => {
    const text = [...page, ...given].join(', '), call = `${field.name}${text && `(${text})`} ${selection}`;
    return `${head} { ${isOwn ? `viewer { ${call} }` : call} }`;
  };
  const document = documentOf(`{ nodes { ${fieldsOf(connection)} } pageInfo { hasNextPage endCursor } }`, ['first: 20']), countDocument = documentOf('{ totalCount { value precision } }', []);
  return product(asked.map((argument) => [argument.name, choicesOf(list, argument)] as const)).map((variables) => ({ list, document, countDocument, variables }));
}

/**
 * A few for a test that must be quick: of each filter its first value and its last, which nobody has, each in every order, up or
 * down in turn.
 */
export function fewCases(schema: GraphQLSchema): Map<string, ListCase[]> {
  const filterOf = ({ variables }: ListCase) => JSON.stringify({ ...variables, orderBy: undefined }), memberOf = (one: ListCase) => filterOf(one).replace(/:[^{]*$/, '');
  return new Map([...grouped(listCases(schema), ({ list }) => list)].map(([list, cases]) => {
    const kept = [...grouped(cases, memberOf).values()].flatMap((ofMember) => {
      const values = [...new Set(ofMember.map(filterOf))], taken = new Set([values[0], values.findLast((value) => !value.includes('",'))]);
      return ofMember.filter((one) => taken.has(filterOf(one)));
    });
    return [list, kept.filter((one, index) => !one.variables.orderBy || JSON.stringify(one.variables.orderBy).includes('ASC') === (index % 4 < 2))];
  }));
}

export function listCases(schema: GraphQLSchema): ListCase[] {
  return ['Query', 'Viewer'].flatMap((name) => {
    const parent = schema.getType(name);
    if (!isObjectType(parent)) throw new Error(`The schema has no ${name}`);
    return Object.values(parent.getFields()).flatMap((field) => {
      const type = getNamedType(field.type);
      return isObjectType(type) && type.name.endsWith('Connection') ? casesOf(parent, field, type) : [];
    });
  });
}
