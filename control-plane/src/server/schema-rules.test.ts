/** Rules of graphql-design 2, 3, 4 and 6 that a schema can be asked for. */
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType, type GraphQLField, type GraphQLInputField, type GraphQLOutputType } from 'graphql';
import { expect, it } from 'vitest';
import type { Policy } from '../kernel/permission.ts';
import { createSchema } from './schema.ts';

const schema = createSchema(), types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);

interface Place { type: string; name: string; field: GraphQLField<unknown, unknown> }
const fields: Place[] = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type: type.name, name: `${type.name}.${field.name}`, field })) : []));
const inputs: { name: string; input: GraphQLInputField }[] = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()).map((input) => ({ name: `${type.name}.${input.name}`, input })) : []));
const bare = (type: GraphQLOutputType) => (isNonNullType(type) ? type.ofType : type);
const isBoolean = (type: unknown) => String(type).replace('!', '') === 'Boolean';
/** Shapes of the wire to relays, which follow its contract. */
const isWire = (type: string) => /^(Relay|Lease|Usage(Event|Batch|Ack|Attempt|Tokens)|Billing|Frozen|Channel(Probe|ProbeResult)|Provider(Inquiry|InquiryResult|Info)|OverrideRehearsal|OverrideRehearsalResult|Credential(Report)|SpoolRecord|ChargeLine)/.test(type);

it('booleans read as facts', () => {
  const questions = [...fields.filter(({ field }) => isBoolean(field.type)), ...inputs.filter(({ input }) => isBoolean(input.type))].filter(({ name }) => /\.is[A-Z]/.test(name));
  expect(questions.map(({ name }) => name)).toEqual([]);
});

it('values of enums are upper case, types are in PascalCase, all else in camelCase', () => {
  const wrong = [
    ...types.filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name)).map(({ name }) => name),
    ...types.flatMap((type) => (isEnumType(type) ? type.getValues().filter(({ name }) => !/^[A-Z][A-Z0-9_]*$/.test(name)).map(({ name }) => `${type.name}.${name}`) : [])),
    ...[...fields, ...inputs].map(({ name }) => name).filter((name) => !/^\w+\.[a-z][A-Za-z0-9]*$/.test(name)),
    ...fields.flatMap(({ name, field }) => field.args.map((argument) => `${name}.${argument.name}`)).filter((name) => !/\.[a-z][A-Za-z0-9]*$/.test(name)),
  ];
  expect(wrong).toEqual([]);
});

it('instants end in At, unless they are the ends of a span, or the moment of an event', () => {
  const others = new Set(['at', 'from', 'to', 'since', 'until', 'validUntil', 'buckets', 'before', 'day']);
  const instants = [...fields.map(({ name, field }) => ({ name, type: field.type })), ...inputs.map(({ name, input }) => ({ name, type: input.type }))].filter(({ type }) => getNamedType(type).name === 'DateTimeISO');
  expect(instants.map(({ name }) => name).filter((name) => !/(At|Until)$/.test(name) && !others.has(name.split('.')[1]!))).toEqual([]);
});

it('a list is never null in what is read, and holds no nulls', () => {
  const wrong = fields.filter(({ type, field }) => {
    const list = bare(field.type);
    if (!isListType(list) || isWire(type) || type.endsWith('Payload')) return false;     // a payload says null where nothing was done
    return !isNonNullType(field.type) || (!isNonNullType(list.ofType) && field.name !== 'nodes');
  });
  // Where null is something else than nothing: all models, no limit, any value, a link and no form, a refusal of the whole.
  const meant = ['Token.models', 'IntegrationKey.userScope', 'ValidationError.allowed', 'Checkout.fields', 'UserError.path', 'ConflictError.path', 'PlainError.path', 'QuotaError.path', 'ValidationError.path'];
  expect(wrong.map(({ name }) => name).filter((name) => !meant.includes(name))).toEqual([]);
});

it('every list that is paged has rows, what stands around them, and a count that is asked for', () => {
  const wrong = types.filter((type) => isObjectType(type) && type.name.endsWith('Connection') && !['nodes', 'pageInfo', 'totalCount'].every((name) => type.getFields()[name]));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

it('a field below the root with a right of its own is null for who lacks it', () => {
  const guarded = fields.filter(({ type, field }) => (field.extensions.policy as Policy | undefined)?.kind === 'permission' && ![...roots].some((root) => root?.name === type));
  expect(guarded.filter(({ field }) => isNonNullType(field.type)).map(({ name }) => name)).toEqual([]);
});

it('mutations answer a payload with its refusals', () => {
  const wrong = Object.values(schema.getMutationType()!.getFields()).filter((field) => {
    const type = getNamedType(field.type);
    return !isNonNullType(field.type) || !isObjectType(type) || !type.name.endsWith('Payload') || String(type.getFields().userErrors?.type) !== '[UserError!]!';
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

it('patches leave what is absent: nothing in them is required, and nothing has a default', () => {
  const wrong = inputs.filter(({ name, input }) => /^\w+Patch\./.test(name) && (isNonNullType(input.type) || input.defaultValue !== undefined));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});
