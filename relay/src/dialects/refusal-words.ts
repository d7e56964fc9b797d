/** The words in which an upstream refuses, wherever it puts them (providers 1.4). */
import type { Json } from './chat-event.ts';
import { isObject, list, member, text } from './json-member.ts';

export interface RefusalWords {
  readonly said: string | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
}

/** All undefined when the body is no refusal that anyone writes. */
export function refusalWords(body: Json | undefined): RefusalWords {
  const error = errorIn(body);
  return {
    said: firstText([member(error, 'message'), error, member(error, 'status_msg'), member(error, 'error_msg'), member(error, 'Message'), member(error, 'msg'), member(error, 'detail'), member(error, 'ErrorMsg')]),
    code: word(member(error, 'code') ?? member(error, 'status_code') ?? member(error, 'error_code') ?? member(error, 'Code')),
    type: text(member(error, 'type')),
    param: text(member(error, 'param')) || undefined,
  };
}

/** The part of the body that speaks of the error: some write their code beside it. */
function errorIn(body: Json | undefined): Json {
  const base = member(body, 'base_resp');
  if (isObject(base) && base['status_code'] !== 0) return base;
  const response = member(member(body, 'Response'), 'Error') ?? member(member(body, 'Response'), 'ErrorMsg');
  if (isObject(response)) return response;
  // Of work in the background that failed.
  const output = member(body, 'output');
  if (isObject(output) && text(output['code'])) return output;
  const [first] = list(member(body, 'errors'));
  if (first !== undefined) return first;
  const error = member(body, 'error');
  if (typeof error === 'string' && isObject(body)) return { ...body, message: error };
  if (isObject(error)) return error;
  return (Array.isArray(body) ? member(body[0], 'error') ?? body[0] : body) ?? null;
}

const word = (value: Json | undefined): string | undefined => (typeof value === 'number' ? String(value) : text(value) || undefined);

function firstText(values: readonly (Json | undefined)[]): string | undefined {
  for (const value of values) {
    const found = text(value) ?? text(member(list(value)[0], 'msg')) ?? text(member(list(member(value, 'detail'))[0], 'msg'));
    if (found) return found;
  }
  return undefined;
}
