/** JSON Schema as far as older models of this dialect take it (providers 4.5). */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';

const kept = new Set([
  'type', 'format', 'title', 'description', 'nullable', 'enum', 'items', 'minItems', 'maxItems', 'properties', 'required', 'propertyOrdering', 'minProperties',
  'maxProperties', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'anyOf', 'default', 'example',
]);
const textFormats = new Set(['enum', 'date-time']);
const deepest = 32;

export function schemaSubset(schema: JsonObject, root: JsonObject = schema, seen: readonly string[] = []): JsonObject {
  const whole = merged(resolved(schema, root, seen), root, seen);
  const path = typeof schema['$ref'] === 'string' ? [...seen, schema['$ref']] : seen;
  if (path.length > deepest) return { type: 'object' };
  const inner = (value: Json): Json => (isObject(value) ? schemaSubset(value, root, path) : value);
  const given = Object.fromEntries(Object.entries(renamed(whole)).flatMap(([name, value]): [string, Json][] => {
    if (!kept.has(name) || (name === 'format' && whole['type'] === 'string' && !(typeof value === 'string' && textFormats.has(value)))) return [];
    if (name === 'properties' && isObject(value)) return [[name, Object.fromEntries(Object.entries(value).map(([each, one]) => [each, inner(one)]))]];
    if (name === 'items') return [[name, inner(value)]];
    if (name === 'enum' && Array.isArray(value)) return [[name, value.filter((each) => each !== null).map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))]];
    return [[name, name === 'anyOf' && Array.isArray(value) ? value.map(inner) : value]];
  }));
  return nullable(given);
}

/** A reference to what is being read ends in an open object. */
function resolved(schema: JsonObject, root: JsonObject, seen: readonly string[]): JsonObject {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  if (seen.includes(ref)) return { type: 'object' };
  const found = ref.replace(/^#\/?/, '').split('/').filter((step) => step !== '')
    .reduce<Json | undefined>((at, step) => (isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined), root);
  const { $ref: _, ...beside } = schema;
  return isObject(found) ? { ...found, ...beside } : { type: 'object' };
}

function merged(schema: JsonObject, root: JsonObject, seen: readonly string[]): JsonObject {
  const { allOf, ...others } = schema;
  if (!Array.isArray(allOf)) return schema;
  return allOf.filter(isObject).map((each) => resolved(each, root, seen)).reduce<JsonObject>((all, each) => ({
    ...all, ...each,
    ...(isObject(all['properties']) || isObject(each['properties']) ? { properties: { ...objectOf(all['properties']), ...objectOf(each['properties']) } } : {}),
    ...(Array.isArray(all['required']) && Array.isArray(each['required']) ? { required: [...all['required'], ...each['required']] } : {}),
  }), others);
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

function renamed(schema: JsonObject): JsonObject {
  const { oneOf, const: fixed, ...others } = schema;
  return {
    ...others,
    ...(oneOf === undefined || others['anyOf'] !== undefined ? {} : { anyOf: oneOf }),
    ...(fixed === undefined ? {} : { enum: [fixed], type: others['type'] ?? 'string' }),
  };
}

/** `[T, "null"]` */
function nullable(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (!Array.isArray(type)) return schema;
  const others = type.filter((each) => each !== 'null');
  const [only] = others;
  const { type: _, ...rest } = schema;
  const mark: JsonObject = others.length < type.length ? { nullable: true } : {};
  if (others.length === 1 && only !== undefined) return { ...rest, type: only, ...mark };
  return { ...rest, anyOf: others.map((each) => ({ type: each })), ...mark };
}
