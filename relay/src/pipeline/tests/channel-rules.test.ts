import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RelayChannelRules } from '../../gql/types.gen.ts';
import type { Json } from '../../framing/json.ts';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = worker.books.entries.length = 0; far.answer((_request, response) => sendJson(response, 200, chatAnswer())); });

interface Case { rules?: { [name in keyof RelayChannelRules]?: Json }; settings?: { [name: string]: Json }; type?: number; retryTimes?: number; more?: object[]; passThrough?: boolean }

function show({ rules, settings = {}, type = 1, retryTimes = 0, more = [], passThrough = false }: Case): void {
  const texts = rules && Object.fromEntries(Object.entries(rules).map(([name, value]) => [name, JSON.stringify(value)]));
  const routing = { ...worker.relay.snapshots.current()!.settings.routing, passThrough };
  worker.show({
    settings: { retryTimes, routing }, users: [{ role: 10 }],
    channels: [{ id: 1, type, baseUrl: far.url, priority: 9, ...(texts ? { rules: texts } : {}), extra: { other: '', organization: '', settings } }, ...more.map((one, index) => ({ id: 2 + index, baseUrl: far.url, ...one }))],
  });
}

async function ask(body: object, headers: Record<string, string> = {}, path = '/v1/chat/completions'): Promise<{ status: number; answer: Record<string, unknown>; sent: string }> {
  const answer = await fetch(`${worker.url}${path}`, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, ...headers }, body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'x' }], ...body }) });
  return { status: answer.status, answer: await answer.json() as Record<string, unknown>, sent: far.seen.at(-1)?.body ?? '' };
}

it('a channel without rules sends the bytes as they came', async () => {
  show({});
  expect((await ask({ top_p: 1 })).sent).toBe('{"model":"gpt-4o","messages":[{"role":"user","content":"x"}],"top_p":1}');
});

it.each<{ name: string; settings?: Case['settings']; body: object; sent: object; not: string[] }>([
  { name: 'what raises the price or names the person is taken out', body: { service_tier: 'priority', safety_identifier: 'p', store: true, top_p: 1 }, sent: { store: true, top_p: 1 }, not: ['service_tier', 'safety_identifier'] },
  { name: 'a channel may let it pass', settings: { allow_service_tier: true }, body: { service_tier: 'priority', safety_identifier: 'p' }, sent: { service_tier: 'priority' }, not: ['safety_identifier'] },
  { name: 'a channel may keep answers from being stored', settings: { disable_store: true }, body: { store: true }, sent: {}, not: ['store'] },
  { name: 'an option in an option', body: { stream_options: { include_obfuscation: false } }, sent: {}, not: ['stream_options'] },
])('$name', async ({ settings, body, sent, not }) => {
  show(settings ? { settings } : {});
  const parsed = JSON.parse((await ask(body)).sent) as object;
  expect(parsed).toMatchObject(sent);
  expect(Object.keys(parsed)).not.toEqual(expect.arrayContaining(not));
});

it.each<{ name: string; setting: Json; messages: Json; is: Json }>([
  { name: 'a system prompt where there is none', setting: { system_prompt: 'Be kind.' }, messages: [{ role: 'user', content: 'x' }], is: [{ role: 'system', content: 'Be kind.' }, { role: 'user', content: 'x' }] },
  { name: 'not where there is one', setting: { system_prompt: 'Be kind.' }, messages: [{ role: 'system', content: 'Be short.' }], is: [{ role: 'system', content: 'Be short.' }] },
  { name: 'in front of it, when told so', setting: { system_prompt: 'Be kind.', system_prompt_override: true }, messages: [{ role: 'system', content: 'Be short.' }], is: [{ role: 'system', content: 'Be kind.\nBe short.' }] },
])('$name', async ({ setting, messages, is }) => {
  show({ rules: { setting } });
  expect(JSON.parse((await ask({ messages })).sent)).toMatchObject({ messages: is });
});

const setting = { system_prompt: 'Be kind.', system_prompt_override: true }, system = { role: 'system', content: 'Be short.' };
it.each<{ name: string; rules?: Case['rules']; body: object; path?: string; is: object }>([
  { name: 'nothing, as nothing was done', body: {}, is: {} },
  { name: 'a prompt that was put before another', rules: { setting }, body: { messages: [system] }, is: { promptOverwritten: true } },
  { name: 'none where there was no other', rules: { setting }, body: {}, is: {} },
  { name: 'the same in other words', rules: { setting }, body: { system: 'Be short.', max_tokens: 9 }, path: '/v1/messages', is: { promptOverwritten: true } },
  { name: 'parameters that were overridden', rules: { paramOverride: { top_p: 0 } }, body: {}, is: { overridden: true } },
  { name: 'an effort', body: { reasoning_effort: 'low' }, is: { effort: 'low' } },
])('the books know $name', async ({ rules, body, path, is }) => {
  show(rules ? { rules } : {});
  await ask(body, path ? { 'x-api-key': keyOf('a') } : {}, path);
  const { channelId, credentialId, durationMs, failure, status, ...marks } = worker.books.last!.ending!.attempts[0]!;
  expect([channelId, credentialId, durationMs >= 0, failure, status, marks]).toEqual([1, 10, true, null, 200, is]);
});

it('the system prompt stands in the words of the client, before a conversion', async () => {
  show({ rules: { setting: { system_prompt: 'Be kind.', system_prompt_override: true } } });
  const { sent } = await ask({ model: 'gpt-4o', max_tokens: 9, system: [{ type: 'text', text: 'Be short.' }] }, { 'x-api-key': keyOf('a') }, '/v1/messages');
  expect((JSON.parse(sent) as { messages: Json[] }).messages[0]).toMatchObject({ role: 'system' });
  expect(sent).toMatch(/Be kind\..*Be short\./);
});

it('parameters and headers are overridden, with what the client sent', async () => {
  show({
    rules: {
      paramOverride: { operations: [{ mode: 'set', path: 'temperature', value: 0.5, conditions: [{ path: 'original_model', value: 'gpt-4o' }] }, { mode: 'set_header', path: 'x-team', value: 'blue' }] },
      headerOverride: { 'X-Key': 'k-{api_key}', 'X-Who': '{client_header:X-User}', 'X-None': '{client_header:X-Absent}', 're:^x-trace': '' },
    },
  });
  const { sent } = await ask({}, { 'x-user': 'ann', 'x-trace-id': 't1', cookie: 'c=1' });
  expect(JSON.parse(sent)).toMatchObject({ temperature: 0.5 });
  expect(far.seen.at(-1)?.headers).toMatchObject({ 'x-key': 'k-secret-of-1', 'x-who': 'ann', 'x-trace-id': 't1', 'x-team': 'blue', authorization: 'Bearer secret-of-1' });
  expect(Object.keys(far.seen.at(-1)?.headers ?? {})).not.toEqual(expect.arrayContaining(['cookie']));
  expect(far.seen.at(-1)?.headers).not.toHaveProperty('x-none');
});

it('an override may refuse, and that is final', async () => {
  show({ retryTimes: 2, rules: { paramOverride: { operations: [{ mode: 'return_error', value: { message: 'not here', status_code: 422 } }] } }, more: [{}] });
  const { status, answer } = await ask({});
  expect([status, answer, far.seen.length]).toMatchObject([422, { error: { message: expect.stringMatching(/^not here/) as string } }, 0]);
});

it('a body that passes is not changed at all', async () => {
  show({ rules: { setting: { pass_through_body_enabled: true, system_prompt: 'no' }, paramOverride: { top_p: 0 } } });
  expect((await ask({ service_tier: 'priority' })).sent).toBe('{"model":"gpt-4o","messages":[{"role":"user","content":"x"}],"service_tier":"priority"}');
  show({ passThrough: true });
  expect((await ask({ service_tier: 'priority' })).sent).toContain('priority');
});

it.each<{ name: string; mapping: Json; status: number; seen: number; calls: number }>([
  { name: 'a status that is mapped to a final one ends the exchange', mapping: { 429: '400' }, status: 429, seen: 400, calls: 1 },
  { name: 'a final one that is mapped to another is tried again', mapping: { 400: 503 }, status: 400, seen: 503, calls: 2 },
  { name: 'others stay', mapping: { 418: '500' }, status: 404, seen: 404, calls: 2 },
])('$name', async ({ mapping, status, seen, calls }) => {
  show({ retryTimes: 1, rules: { statusCodeMapping: mapping }, more: [{ rules: { statusCodeMapping: JSON.stringify(mapping) } }] });
  far.answer((_request, response) => sendJson(response, status, '{"error":{"message":"no"}}'));
  expect([(await ask({})).status, far.seen.length]).toEqual([seen, calls]);
  expect(worker.books.last?.ending?.attempts[0]).toMatchObject({ status });
});

it('a channel may wait shorter than others', async () => {
  show({ rules: { setting: { timeouts: { first_byte: 0.2 } } } });
  far.answer(() => undefined);
  expect(await ask({})).toMatchObject({ status: 504, answer: { error: { code: 'upstream_timeout_first_byte' } } });
});

it('an override that cannot be read is a fault of the channel', async () => {
  show({ retryTimes: 1, rules: { paramOverride: { operations: [{ mode: 'sing' }] } }, more: [{}] });
  expect((await ask({})).status).toBe(200);
  expect(worker.books.last?.ending?.attempts).toMatchObject([{ failure: 'channel:override_invalid' }, { failure: null }]);
});

it('an answer in the form of the dialect and nothing beside it, when the operator wants that', async () => {
  far.answer((_request, response) => sendJson(response, 200, JSON.stringify({ ...JSON.parse(chatAnswer()) as object, invented: 'x' })));
  show({});
  expect((await ask({})).answer).toHaveProperty('invented');
  show({ rules: { setting: { force_format: true } } });
  const { answer, sent } = await ask({ top_p: 1 });
  expect([answer, sent]).toMatchObject([{ object: 'chat.completion', choices: [{ message: { content: 'Hello there' } }], usage: { total_tokens: 17 } }, '{"model":"gpt-4o","messages":[{"role":"user","content":"x"}],"top_p":1}']);
  expect(answer).not.toHaveProperty('invented');
  expect(worker.books.last?.ending).toMatchObject({ source: 'UPSTREAM', tokens: { input: 12, output: 5 } });
});

it('thoughts stand in the text between tags, also where both ends speak one dialect', async () => {
  show({ rules: { setting: { thinking_to_content: true } } });
  const message = { role: 'assistant', reasoning_content: 'hm', content: 'Yes.' };
  far.answer((_request, response) => sendJson(response, 200, JSON.stringify({ ...JSON.parse(chatAnswer()) as object, choices: [{ index: 0, message, finish_reason: 'stop' }] })));
  expect((await ask({})).answer).toMatchObject({ choices: [{ message: { content: '<think>\nhm\n</think>\nYes.' } }] });
});
