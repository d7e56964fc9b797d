/** When an operation of a parameter override applies (semantics 3.6). */
import type { Json, JsonObject } from '../../framing/json.ts';
import { valueBy } from './json-place.ts';

export interface Condition {
  readonly path: string;
  readonly mode: 'full' | 'prefix' | 'suffix' | 'contains' | 'gt' | 'gte' | 'lt' | 'lte';
  readonly value: Json;
  readonly invert: boolean;
  /** What a missing value counts as. */
  readonly passMissing: boolean;
}

/** What conditions see beside the body: model, upstream_model, request_path, request_headers, retry_index, last_error … */
export type Context = JsonObject;

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const numberOf = (value: Json): number => (typeof value === 'number' ? value : Number(textOf(value)));

function matches(mode: Condition['mode'], given: Json, wanted: Json): boolean {
  switch (mode) {
    case 'full': return textOf(given) === textOf(wanted);
    case 'prefix': return textOf(given).startsWith(textOf(wanted));
    case 'suffix': return textOf(given).endsWith(textOf(wanted));
    case 'contains': return textOf(given).includes(textOf(wanted));
    case 'gt': return numberOf(given) > numberOf(wanted);
    case 'gte': return numberOf(given) >= numberOf(wanted);
    case 'lt': return numberOf(given) < numberOf(wanted);
    case 'lte': return numberOf(given) <= numberOf(wanted);
  }
}

export function holds({ path, mode, value, invert, passMissing }: Condition, body: JsonObject, context: Context): boolean {
  const given = valueBy(body, path) ?? valueBy(context, path);
  return given === undefined ? passMissing : matches(mode, given, value) !== invert;
}

/** No condition at all always holds. */
export function applies(conditions: readonly Condition[], logic: 'OR' | 'AND', body: JsonObject, context: Context): boolean {
  if (conditions.length === 0) return true;
  const isTrue = (condition: Condition): boolean => holds(condition, body, context);
  return logic === 'AND' ? conditions.every(isTrue) : conditions.some(isTrue);
}
