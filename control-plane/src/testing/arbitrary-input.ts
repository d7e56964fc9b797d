/** Values for any input type of the schema: mostly of the right kind and the wrong content. */
import fc from 'fast-check';
import { GraphQLNonNull, isEnumType, isInputObjectType, isListType, type GraphQLField, type GraphQLInputType } from 'graphql';

/** What has broken things elsewhere. */
const hostileText = fc.constantFrom(
  '', ' ', '0', '-1', '1', '%', '_', '\\', '\'', '"', ';--', '{}', '[]', '{"a":', 'null', '../../etc/passwd', '\u0000', '\ud800', '\u202e', '😀'.repeat(20), 'a'.repeat(300), 'x'.repeat(5_000),
  'http://127.0.0.1:1/', 'https://example.invalid/', '2026-11-20T00:00:00Z', '9223372036854775807', '1e309', 'NaN', 'gpt-4o', 'default', 'user@example.com', '10.0.0.0/8', 'w1.1.a.b',
);
const text = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) });
const integer = fc.oneof(fc.constantFrom(0, 1, -1, 2_147_483_647, -2_147_483_648, 100, 1_000_000), fc.integer());
const wide = fc.constantFrom('0', '1', '-1', '9007199254740991', '-9007199254740991', '1000000', 5, '12x');
const ids = fc.constantFrom('1', '2', 'usr_1', 'tok_1', 'ch_1', 'rdm_1', 'log_1', 'usr_999999999', 'ch_99999999999999', '0', '-1', '', 'x', 'usr_', 'ch_1; drop table channel');
const times = fc.constantFrom('2026-11-20T12:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-20T12:00:00+08:00', '0001-01-01T00:00:00Z', 'yesterday');
const json = fc.oneof(fc.constantFrom<unknown>(null, 0, '', [], {}, { a: { b: [1, 'x', null] } }), fc.jsonValue({ maxDepth: 2 }));

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  String: text, Secret: text, ID: ids, Int: integer, Float: fc.oneof(integer, fc.double({ noNaN: true })), Boolean: fc.boolean(), Int64: wide, Quota: wide,
  Decimal: fc.constantFrom('0', '1', '-1', '0.000001', '999999999999999999', '1e5', 'x'), DateTimeISO: times, JSON: json,
};

function ofType(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (type instanceof GraphQLNonNull) return fc.oneof({ weight: 12, arbitrary: present(type.ofType as GraphQLInputType, depth) }, { weight: 1, arbitrary: fc.constant(null) });
  return fc.oneof({ weight: 4, arbitrary: present(type, depth) }, { weight: 1, arbitrary: fc.constant(null) });
}

function present(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (isListType(type)) return fc.array(ofType(type.ofType, depth + 1), { maxLength: depth > 2 ? 1 : 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type)) return scalars[(type as { name: string }).name] ?? text;
  const fields = Object.values(type.getFields());
  if (depth > 3) return fc.constant({});
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, ofType(field.type, depth + 1)])), { requiredKeys: fields.filter((field) => field.type instanceof GraphQLNonNull).map(({ name }) => name) });
}

/** Arguments of a field; those that may be left out are, at times. */
export function argumentsOf(field: Pick<GraphQLField<unknown, unknown>, 'args'>): fc.Arbitrary<Record<string, unknown>> {
  const required = field.args.filter(({ type, defaultValue }) => type instanceof GraphQLNonNull && defaultValue === undefined).map(({ name }) => name);
  return fc.record(Object.fromEntries(field.args.map((argument) => [argument.name, ofType(argument.type, 0)])), { requiredKeys: required }) as fc.Arbitrary<Record<string, unknown>>;
}

export const anyText = text;
export const anyJson = json;
