import { expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import type { Json, JsonObject } from '../../framing/json.ts';
import { BodyDraft } from './body-draft.ts';
import { HeaderDraft } from './header-draft.ts';
import { readParamOverride } from './override-form.ts';
import { run, setMembers } from './operations.ts';

const client = new Map([['x-session', 's-1'], ['x-team', 'blue'], ['authorization', 'Bearer secret'], ['connection', 'close'], ['user-agent', 'sdk/1']]);

/** The body behind an override, as text, and the headers. */
function overridden(override: Json, body: string, context: JsonObject = {}): { body: string; headers: Record<string, string>; refusal?: Failure } {
  const read = readParamOverride(JSON.stringify(override)), draft = BodyDraft.of(Buffer.from(body)), headers = new HeaderDraft(['x-api-key', 'k', 'x-own', 'o'], client);
  if (!read || !draft) throw new Error('not read');
  const refusal = 'members' in read ? (setMembers(read.members, draft), undefined) : run(read.operations, { body: draft, headers, context });
  const list = headers.list();
  return { body: draft.bytes().toString(), headers: Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1]!]] : []))), ...(refusal ? { refusal } : {}) };
}

it.each<{ name: string; body: string; override: Json; is: string }>([
  { name: 'members are set, others keep their spelling', body: '{ "a" : 1.0, "b":2 }', override: { b: 3, c: 'x' }, is: '{"c":"x", "a" : 1.0, "b":3 }' },
  { name: 'into an empty body', body: '{}', override: { a: 1, b: 2 }, is: '{"a":1,"b":2}' },
])('$name', ({ body, override, is }) => expect(overridden(override, body).body).toBe(is));

const steps: { name: string; body: string; operation: Json; is: string }[] = [
  { name: 'set', body: '{"a":1}', operation: { mode: 'set', path: 'a', value: 2 }, is: '{"a":2}' },
  { name: 'set makes what is missing on the way', body: '{"a":1}', operation: { mode: 'set', path: 'b.c', value: true }, is: '{"b":{"c":true},"a":1}' },
  { name: 'set leaves what is there, when asked', body: '{"a":1}', operation: { mode: 'set', path: 'a', value: 2, keep_origin: true }, is: '{"a":1}' },
  { name: 'set in each of a list', body: '{"m":[{"x":1},{"x":2}]}', operation: { mode: 'set', path: 'm.*.x', value: 0 }, is: '{"m":[{"x":0},{"x":0}]}' },
  { name: 'a place counted from the end', body: '{"m":[1,2,3]}', operation: { mode: 'set', path: 'm.-1', value: 9 }, is: '{"m":[1,2,9]}' },
  { name: 'a dot in a name', body: '{"a.b":1}', operation: { mode: 'set', path: 'a\\.b', value: 2 }, is: '{"a.b":2}' },
  { name: 'delete', body: '{"a":1,"b":2}', operation: { mode: 'delete', path: 'a' }, is: '{"b":2}' },
  { name: 'delete the last member', body: '{"a":1,"b":2}', operation: { mode: 'delete', path: 'b' }, is: '{"a":1}' },
  { name: 'delete the only member', body: '{ "a" : 1 }', operation: { mode: 'delete', path: 'a' }, is: '{  }' },
  { name: 'delete in a list', body: '{"m":[1,2,3]}', operation: { mode: 'delete', path: 'm.1' }, is: '{"m":[1,3]}' },
  { name: 'delete every one of a list', body: '{"m":[1,2,3]}', operation: { mode: 'delete', path: 'm.*' }, is: '{"m":[]}' },
  { name: 'delete what is not there', body: '{"a":1}', operation: { mode: 'delete', path: 'x.y' }, is: '{"a":1}' },
  { name: 'move', body: '{"a":1,"c":0}', operation: { mode: 'move', from: 'a', to: 'b' }, is: '{"b":1,"c":0}' },
  { name: 'move over a name that is there', body: '{"a":1,"b":0}', operation: { mode: 'move', from: 'a', to: 'b' }, is: '{"b":1}' },
  { name: 'copy', body: '{"a":{"x":1}}', operation: { mode: 'copy', from: 'a.x', to: 'b' }, is: '{"b":1,"a":{"x":1}}' },
  { name: 'a long number is copied as it is spelled', body: '{"a":{"x":12345678901234567890}}', operation: { mode: 'copy', from: 'a.x', to: 'b' }, is: '{"b":12345678901234567890,"a":{"x":12345678901234567890}}' },
  { name: 'append to a text', body: '{"a":"x"}', operation: { mode: 'append', path: 'a', value: 'y' }, is: '{"a":"xy"}' },
  { name: 'append to a list', body: '{"a":[1]}', operation: { mode: 'append', path: 'a', value: [2, 3] }, is: '{"a":[1,2,3]}' },
  { name: 'prepend to a list', body: '{"a":[1]}', operation: { mode: 'prepend', path: 'a', value: 0 }, is: '{"a":[0,1]}' },
  { name: 'append to an object', body: '{"a":{"x":1}}', operation: { mode: 'append', path: 'a', value: { x: 2, y: 3 } }, is: '{"a":{"x":2,"y":3}}' },
  { name: 'append to an object, its own members winning', body: '{"a":{"x":1}}', operation: { mode: 'append', path: 'a', value: { x: 2, y: 3 }, keep_origin: true }, is: '{"a":{"x":1,"y":3}}' },
  { name: 'prepend to a text', body: '{"a":"x"}', operation: { mode: 'prepend', path: 'a', value: 'y' }, is: '{"a":"yx"}' },
  { name: 'trim_prefix', body: '{"a":"openai/gpt"}', operation: { mode: 'trim_prefix', path: 'a', value: 'openai/' }, is: '{"a":"gpt"}' },
  { name: 'trim_suffix', body: '{"a":"gpt:free"}', operation: { mode: 'trim_suffix', path: 'a', value: ':free' }, is: '{"a":"gpt"}' },
  { name: 'ensure_prefix', body: '{"a":"gpt"}', operation: { mode: 'ensure_prefix', path: 'a', value: 'x/' }, is: '{"a":"x/gpt"}' },
  { name: 'ensure_prefix that is there', body: '{"a":"x/gpt"}', operation: { mode: 'ensure_prefix', path: 'a', value: 'x/' }, is: '{"a":"x/gpt"}' },
  { name: 'ensure_suffix', body: '{"a":"gpt"}', operation: { mode: 'ensure_suffix', path: 'a', value: '-x' }, is: '{"a":"gpt-x"}' },
  { name: 'trim_space', body: '{"a":" x "}', operation: { mode: 'trim_space', path: 'a' }, is: '{"a":"x"}' },
  { name: 'to_lower', body: '{"a":"X"}', operation: { mode: 'to_lower', path: 'a' }, is: '{"a":"x"}' },
  { name: 'to_upper', body: '{"a":"x"}', operation: { mode: 'to_upper', path: 'a' }, is: '{"a":"X"}' },
  { name: 'replace', body: '{"a":"x.x"}', operation: { mode: 'replace', path: 'a', from: 'x', to: '$&' }, is: '{"a":"$&.$&"}' },
  { name: 'regex_replace', body: '{"a":"gpt-4-x"}', operation: { mode: 'regex_replace', path: 'a', from: '^gpt-(\\d)', to: 'g$1' }, is: '{"a":"g4-x"}' },
  { name: 'a text operation on a number does nothing', body: '{"a":1.50}', operation: { mode: 'to_upper', path: 'a' }, is: '{"a":1.5}' },
  { name: 'prune_objects by type, however deep', body: '{"m":[{"type":"a"},{"type":"b","c":[{"type":"a"},1]}]}', operation: { mode: 'prune_objects', path: 'm', value: 'a' }, is: '{"m":[{"type":"b","c":[1]}]}' },
  { name: 'prune_objects by members, on top only', body: '{"m":[{"x":1,"y":2},{"x":1,"c":[{"x":1,"y":2}]}]}', operation: { mode: 'prune_objects', path: 'm', value: { where: { x: 1, y: 2 }, recursive: false } }, is: '{"m":[{"x":1,"c":[{"x":1,"y":2}]}]}' },
  { name: 'sync_fields from a header', body: '{"a":1}', operation: { mode: 'sync_fields', from: 'header:x-session', to: 'json:prompt_cache_key' }, is: '{"prompt_cache_key":"s-1","a":1}' },
  { name: 'no way into a prototype', body: '{"a":1}', operation: { mode: 'set', path: '__proto__.x', value: 1 }, is: '{"a":1}' },
];
it.each(steps)('$name', ({ body, operation, is }) => expect(overridden({ operations: [operation] }, body).body).toBe(is));

it.each<{ name: string; operations: Json[]; body?: string; has: Record<string, string | undefined> }>([
  { name: 'set_header', operations: [{ mode: 'set_header', path: 'X-New', value: 'v' }], has: { 'x-new': 'v' } },
  { name: 'delete_header', operations: [{ mode: 'delete_header', path: 'x-own' }], has: { 'x-own': undefined } },
  { name: 'copy_header', operations: [{ mode: 'copy_header', from: 'x-team', to: 'x-group' }], has: { 'x-group': 'blue' } },
  { name: 'move_header', operations: [{ mode: 'move_header', from: 'x-own', to: 'x-moved' }], has: { 'x-own': undefined, 'x-moved': 'o' } },
  { name: 'pass_headers', operations: [{ mode: 'pass_headers', value: ['X-Team', 'authorization', 'connection'] }], has: { 'x-team': 'blue', authorization: undefined, connection: undefined } },
  { name: 'sync_fields to a header', operations: [{ mode: 'sync_fields', from: 'header:x-new', to: 'json:a' }], body: '{"a":"v"}', has: { 'x-new': 'v' } },
  { name: 'the connection stays ours', operations: [{ mode: 'set_header', path: 'Transfer-Encoding', value: 'chunked' }, { mode: 'set_header', path: 'x-a', value: 'b\r\nc: d' }], has: { 'transfer-encoding': undefined, 'x-a': undefined } },
])('$name', ({ operations, body = '{}', has }) => {
  const { headers } = overridden({ operations }, body);
  expect(Object.fromEntries(Object.keys(has).map((name) => [name, headers[name]]))).toEqual(has);
});

const set = { mode: 'set', path: 'a', value: 2 };
it.each<{ name: string; more: JsonObject; context?: JsonObject; applies: boolean }>([
  { name: 'a condition on the body', more: { conditions: [{ path: 'model', mode: 'prefix', value: 'gpt' }] }, applies: true },
  { name: 'inverted', more: { conditions: [{ path: 'model', mode: 'prefix', value: 'gpt', invert: true }] }, applies: false },
  { name: 'one of several', more: { conditions: [{ path: 'model', value: 'x' }, { path: 'n', mode: 'gte', value: 2 }] }, applies: true },
  { name: 'all of several', more: { conditions: [{ path: 'model', value: 'x' }, { path: 'n', mode: 'gte', value: 2 }], logic: 'and' }, applies: false },
  { name: 'a missing value counts as no', more: { conditions: [{ path: 'none', value: 'x' }] }, applies: false },
  { name: 'a missing value counts as yes, when asked', more: { conditions: [{ path: 'none', value: 'x', pass_missing_key: true }] }, applies: true },
  { name: 'what the relay knows', more: { conditions: [{ path: 'retry_index', mode: 'gt', value: 0 }] }, context: { retry_index: 1 }, applies: true },
  { name: 'why the last attempt failed', more: { conditions: [{ path: 'last_error.status_code', value: 429 }] }, context: { last_error: { status_code: 429 } }, applies: true },
  { name: 'the short form', more: { conditions: { model: 'gpt-4o' } }, applies: true },
  { name: 'contains and suffix', more: { conditions: [{ path: 'model', mode: 'contains', value: '-4' }, { path: 'model', mode: 'suffix', value: '4o' }], logic: 'AND' }, applies: true },
  { name: 'less', more: { conditions: [{ path: 'n', mode: 'lt', value: 2 }] }, applies: false },
  { name: 'at most', more: { conditions: [{ path: 'n', mode: 'lte', value: 2 }] }, applies: true },
])('$name', ({ more, context = {}, applies }) => {
  expect(overridden({ operations: [{ ...set, ...more }] }, '{"model":"gpt-4o","n":2,"a":1}', context).body.includes('"a":2')).toBe(applies);
});

it('return_error refuses, in the words of the operator', () => {
  const { refusal } = overridden({ operations: [{ mode: 'return_error', value: { message: 'not today', status_code: 429, code: 'later' } }] }, '{}');
  expect([refusal?.status, refusal?.say, refusal?.details.upstreamCode, refusal?.entry.retry]).toEqual([429, 'not today', 'later', 'never']);
  expect(overridden({ operations: [{ mode: 'return_error', value: 'no' }] }, '{}').refusal?.status).toBe(400);
});

it.each(['{"operations":[{"mode":"unknown"}]}', '[1]', 'x', '{"operations":[{"mode":"set","conditions":[{"path":"a","mode":"like"}]}]}'])('%s is no override', (text) => expect(readParamOverride(text)).toBeUndefined());
