/** Schemas in the OpenAPI style of this dialect as JSON Schema (dialects 5.4). */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';
import { snakeOf } from './given.ts';

/** They order what is generated, and name formats that others refuse. */
const dropped = new Set(['propertyOrdering', 'nullable', 'format']);
const camel = new Map(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties', 'anyOf', 'propertyOrdering'].map((name) => [snakeOf(name), name]));

export function readSchema(schema: JsonObject): JsonObject {
  const nullable = schema['nullable'] === true;
  return Object.fromEntries(Object.entries(schema).flatMap(([given, value]): [string, Json][] => {
    const name = camel.get(given) ?? given;
    if (dropped.has(name)) return [];
    return [[name, memberOf(name, value, nullable)]];
  }));
}

function memberOf(name: string, value: Json, nullable: boolean): Json {
  if (name === 'type') return typeOf(value, nullable);
  // Bounds are int64, and so texts, in protobuf's JSON.
  if (/^(min|max)(Items|Length|Properties)$/.test(name) && typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  if (name === 'properties' && isObject(value)) return Object.fromEntries(Object.entries(value).map(([each, inner]) => [each, isObject(inner) ? readSchema(inner) : inner]));
  if (name === 'items' && isObject(value)) return readSchema(value);
  return name === 'anyOf' && Array.isArray(value) ? value.map((each) => (isObject(each) ? readSchema(each) : each)) : value;
}

function typeOf(value: Json, nullable: boolean): Json {
  const type = typeof value === 'string' ? value.toLowerCase() : value;
  return nullable && typeof type === 'string' ? [type, 'null'] : type;
}
