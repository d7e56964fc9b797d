/** The operations of a parameter override that make one value of another (semantics 3.6). */
import { isObject } from '../../dialects/json-member.ts';
import type { Json } from '../../framing/json.ts';
import type { Mode, Operation } from './override-form.ts';

const textOf = (value: Json): string => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));

type TextChange = (text: string, operation: Operation) => string;

const textChanges: Partial<Record<Mode, TextChange>> = {
  trim_prefix: (text, { value }) => (text.startsWith(textOf(value)) ? text.slice(textOf(value).length) : text),
  trim_suffix: (text, { value }) => (textOf(value) !== '' && text.endsWith(textOf(value)) ? text.slice(0, -textOf(value).length) : text),
  ensure_prefix: (text, { value }) => (text.startsWith(textOf(value)) ? text : textOf(value) + text),
  ensure_suffix: (text, { value }) => (text.endsWith(textOf(value)) ? text : text + textOf(value)),
  trim_space: (text) => text.trim(),
  to_lower: (text) => text.toLowerCase(),
  to_upper: (text) => text.toUpperCase(),
  replace: (text, { from, to }) => (from === '' ? text : text.replaceAll(from, () => to)),
  regex_replace: (text, { from, to }) => text.replace(expressionOf(from), to),
};

const expressions = new Map<string, RegExp>();
const nothing = /(?!)/g;

/** Operators write few of them: each is read once. One that cannot be read, which the control plane lets not pass, finds nothing. */
function expressionOf(source: string): RegExp {
  let found = expressions.get(source);
  if (!found) {
    if (expressions.size > 1_000) expressions.clear();
    try { found = new RegExp(source, 'g'); } catch { found = nothing; }
    expressions.set(source, found);
  }
  return found;
}

/** Undefined: the operation is not one of texts, or the value is none. */
export function changedText(given: Json | undefined, operation: Operation): string | undefined {
  const change = textChanges[operation.mode];
  return change && typeof given === 'string' ? change(given, operation) : undefined;
}

/** Text behind (or before) text, values behind values of a list, members beside members. Undefined: the two do not go together. */
export function joined(given: Json | undefined, { value, mode, keepOrigin }: Operation): Json | undefined {
  const before = mode === 'prepend';
  if (given === undefined || given === null) return value;
  if (typeof given === 'string') return before ? textOf(value) + given : given + textOf(value);
  if (Array.isArray(given)) { const more = Array.isArray(value) ? value : [value]; return before ? [...more, ...given] : [...given, ...more]; }
  if (isObject(given) && isObject(value)) return keepOrigin ? { ...value, ...given } : { ...given, ...value };
  return undefined;
}
