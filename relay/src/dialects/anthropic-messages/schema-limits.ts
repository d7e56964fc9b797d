/** This dialect takes JSON Schema without bounds, and wants every object closed (dialects 4.8). Bounds move into the description. */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';

const bounds = new Set([
  'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
]);
/** Members whose values are schemas by name. */
const maps = new Set(['properties', '$defs', 'definitions']);

export function limitedSchema(schema: JsonObject): JsonObject {
  const lost: string[] = [];
  const kept = Object.entries(schema).flatMap(([name, value]): [string, Json][] => {
    if (bounds.has(name) || (name === 'minItems' && value !== 0 && value !== 1)) { lost.push(`${name}: ${JSON.stringify(value)}`); return []; }
    return [[name, inner(name, value)]];
  });
  const { type } = schema, isOpen = type === 'object' || (Array.isArray(type) && type.includes('object')) || isObject(schema['properties']);
  const closed = isOpen ? [['additionalProperties', false] satisfies [string, Json]] : [];
  const said = typeof schema['description'] === 'string' ? `${schema['description']} ` : '';
  const note = lost.length ? [['description', `${said}(${lost.join(', ')})`] satisfies [string, Json]] : [];
  return Object.fromEntries([...kept, ...closed, ...note]);
}

function inner(name: string, value: Json): Json {
  if (Array.isArray(value)) return name === 'enum' || name === 'required' ? value : value.map((each) => (isObject(each) ? limitedSchema(each) : each));
  if (!isObject(value) || name === 'const' || name === 'default') return value;
  if (!maps.has(name)) return limitedSchema(value);
  return Object.fromEntries(Object.entries(value).map(([each, schema]) => [each, isObject(schema) ? limitedSchema(schema) : schema]));
}
