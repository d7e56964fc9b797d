/** What a channel says of conversions (dialects 3 to 5, 10; providers 6), on real sockets. One worker, another picture for each case. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../dialects/chat-event.ts';
import { chatAnswer, chunkOf, type FarEnd, type Script, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

const chat = '/v1/chat/completions', said = '/v1/messages', responses = '/v1/responses';
const messages = [{ role: 'user', content: 'hi' }], f = { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } };
const message = JSON.stringify({ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [{ type: 'text', text: 'Hello' }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } });
const own: Script = ({ path }, response) => sendJson(response, 200, path.startsWith(said) ? message : chatAnswer());
let far: FarEnd, worker: TestWorker;

const pictureOf = (settings: JsonObject): PictureData => {
  const extra = { other: '', organization: '', settings };
  return {
    channels: [
      { id: 14, type: 14, baseUrl: far.url, models: ['claude'], extra }, { id: 43, type: 43, baseUrl: far.url, models: ['deepseek'], extra },
      { id: 20, type: 20, baseUrl: far.url, models: ['router'], extra },
      { id: 8, type: 8, baseUrl: far.url, models: ['llama'], extra, modelMapping: new Map([['llama', 'llama-9b']]) },
    ],
    prices: [{ model: 'claude' }, { model: 'deepseek' }, { model: 'llama' }, { model: 'router' }],
  };
};
beforeAll(async () => {
  far = await startFarEnd(own);
  worker = await startWorker(pictureOf({}));
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; far.answer(own); });

interface Got { readonly status: number; readonly text: string; readonly warnings: string | null; readonly sent: Record<string, unknown> | undefined }
async function post(path: string, body: object, settings: JsonObject = {}): Promise<Got> {
  worker.show(pictureOf(settings));
  const answer = await fetch(worker.url + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify(body) });
  const text = await answer.text(), seen = far.seen[0]?.body;
  return { status: answer.status, text, warnings: answer.headers.get('x-relay-warnings'), sent: seen === undefined ? undefined : JSON.parse(seen) as Record<string, unknown> };
}

describe('a rule of losses', () => {
  const strict = { loss: 'strict' }, lenient = { loss: 'lenient' };
  it.each<{ name: string; path?: string; body: object; settings?: JsonObject; is: object }>([
    { name: 'warns of what is dropped', body: { model: 'claude', messages, seed: 7 }, is: { status: 200, warnings: 'dropped:seed' } },
    { name: 'refuses what would be dropped, by name', body: { model: 'claude', messages, seed: 7 }, settings: strict, is: { status: 400, text: expect.stringContaining('"param":"seed"'), sent: undefined } },
    { name: 'refuses what would be approximated', body: { model: 'claude', messages, response_format: { type: 'json_object' } }, settings: strict, is: { status: 400, text: expect.stringContaining('"param":"response_format"'), sent: undefined } },
    { name: 'lets pass what loses nothing', body: { model: 'claude', messages }, settings: strict, is: { status: 200, warnings: null } },
    { name: 'refuses several answers', body: { model: 'claude', messages, n: 2 }, is: { status: 400, sent: undefined } },
    { name: 'gives the first answer only', body: { model: 'claude', messages, n: 2, logprobs: true }, settings: lenient, is: { status: 200, warnings: 'dropped:n, dropped:logprobs', sent: { messages } } },
    { name: 'leaves the choice of a tool to the model', body: { model: 'deepseek', input: 'hi', tools: [{ type: 'function', name: 'f', parameters: { type: 'object', properties: {} } }], tool_choice: 'required' }, path: responses, settings: { ...lenient, capabilities: { '*': { forced_tool: 'none' } } }, is: { status: 200, warnings: 'approximated:tool_choice', sent: { tool_choice: 'auto' } } },
    { name: 'leaves out tools of another provider', body: { model: 'deepseek', input: 'hi', tools: [{ type: 'code_interpreter', container: { type: 'auto' } }, { type: 'function', name: 'f', parameters: { type: 'object', properties: {} } }] }, path: responses, settings: lenient, is: { status: 200, warnings: 'dropped:tools', sent: { tools: [{ function: { name: 'f' } }] } } },
    { name: 'refuses tools that the client runs all the same', body: { model: 'deepseek', input: 'hi', tools: [{ type: 'local_shell' }] }, path: responses, settings: lenient, is: { status: 400, sent: undefined } },
    { name: 'refuses media of another account all the same', body: { model: 'claude', messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] }, settings: lenient, is: { status: 400, sent: undefined } },
  ])('$name', async ({ path = chat, body, settings, is }) => expect(await post(path, body, settings)).toMatchObject(is));
});

describe('members that nobody knows', () => {
  it.each<{ name: string; path: string; body: object; settings: JsonObject; status: number }>([
    { name: 'are dropped', path: chat, body: { model: 'claude', messages, whim: 1 }, settings: {}, status: 200 },
    { name: 'are refused', path: chat, body: { model: 'claude', messages, whim: 1 }, settings: { unknown: 'reject' }, status: 400 },
    { name: 'are refused of openai-responses', path: responses, body: { model: 'claude', input: 'hi', whim: 1 }, settings: { unknown: 'reject' }, status: 400 },
    { name: 'are refused of gemini', path: '/v1beta/models/claude:generateContent', body: { contents: [{ parts: [{ text: 'hi' }] }], whim: 1 }, settings: { unknown: 'reject' }, status: 400 },
    { name: 'are refused of anthropic-messages', path: said, body: { model: 'llama', max_tokens: 5, messages, whim: 1 }, settings: { unknown: 'reject' }, status: 400 },
    { name: 'pass where bytes do', path: said, body: { model: 'claude', max_tokens: 5, messages, whim: 1 }, settings: { unknown: 'reject' }, status: 200 },
    { name: 'are none where the contract names them', path: chat, body: { model: 'claude', messages, metadata: {}, store: true, service_tier: 'auto' }, settings: { unknown: 'reject' }, status: 200 },
  ])('$name', async ({ path, body, settings, status }) => {
    const got = await post(path, body, settings);
    expect(got.status).toBe(status);
    if (status === 400) expect(got.text).toContain('whim');
  });
});

describe('a conversion', () => {
  it.each<{ name: string; path?: string; body: object; settings: JsonObject; is: object }>([
    { name: 'puts names in front of what users say', body: { model: 'claude', messages: [{ role: 'user', name: 'ann', content: 'hi' }] }, settings: { name_prefix: true }, is: { sent: { messages: [{ role: 'user', content: 'ann: hi' }] } } },
    { name: 'leaves names out', body: { model: 'claude', messages: [{ role: 'user', name: 'ann', content: 'hi' }] }, settings: {}, is: { sent: { messages } } },
    { name: 'asks for a cache', body: { model: 'claude', messages }, settings: { auto_cache: true }, is: { sent: { cache_control: { type: 'ephemeral' } } } },
    { name: 'maps a search of the web', body: { model: 'claude', messages, web_search_options: {} }, settings: {}, is: { sent: { tools: [{ type: 'web_search_20250305' }] } } },
    { name: 'refuses a search of the web where it is not to be mapped', body: { model: 'claude', messages, web_search_options: {} }, settings: { map_web_search: false }, is: { status: 400, sent: undefined } },
    { name: 'describes tools of the client as functions', path: said, body: { model: 'llama', max_tokens: 5, messages, tools: [{ type: 'bash_20250124', name: 'bash' }] }, settings: { typed_tools: true }, is: { status: 200, sent: { tools: [{ type: 'function', function: { name: 'bash', parameters: { properties: { command: { type: 'string' } } } } }] } } },
    { name: 'refuses tools of the client', path: said, body: { model: 'llama', max_tokens: 5, messages, tools: [{ type: 'bash_20250124', name: 'bash' }] }, settings: {}, is: { status: 400, sent: undefined } },
    { name: 'knows what the operator says that a model can do', body: { model: 'llama', max_tokens: 5, messages, tools: [{ name: 'f', input_schema: { type: 'object' } }] }, path: said, settings: { capabilities: { 'llama-9*': { tools: false } } }, is: { status: 400, text: expect.stringContaining('tools') } },
  ])('$name', async ({ path = chat, body, settings, is }) => expect(await post(path, body, settings)).toMatchObject(is));
});

describe('an answer', () => {
  it.each<{ settings: JsonObject; model: string }>([{ settings: {}, model: 'llama' }, { settings: { echo_model: 'upstream' }, model: 'gpt-4o' }])('names the model: $model', async ({ settings, model }) => {
    expect(JSON.parse((await post(chat, { model: 'llama', messages }, settings)).text)).toMatchObject({ model });
    far.answer((_request, response) => sendStream(response, [chunkOf('a'), 'data: [DONE]\n\n']));
    expect((await post(chat, { model: 'llama', messages, stream: true }, settings)).text).toContain(`"model":"${model}"`);
  });

  const thinking = (): string => JSON.stringify({ ...JSON.parse(chatAnswer()) as object, choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '<think>\nT\n</think>\nHello' } }] });
  it.each<{ name: string; settings: JsonObject; is: object }>([
    { name: 'passes as it is', settings: {}, is: { content: '<think>\nT\n</think>\nHello' } },
    { name: 'is put in order', settings: { repair: 'on' }, is: { content: 'Hello', reasoning_content: expect.stringContaining('T') as string } },
    { name: 'has its thoughts in both members', settings: { repair: 'on', reasoning_member: true }, is: { content: 'Hello', reasoning: expect.stringContaining('T') as string } },
  ])('$name', async ({ settings, is }) => {
    far.answer((_request, response) => sendJson(response, 200, thinking()));
    expect(JSON.parse((await post(chat, { model: 'llama', messages, tools: [f] }, settings)).text)).toMatchObject({ choices: [{ message: is }] });
  });

  it.each<{ settings: JsonObject; has: boolean }>([{ settings: {}, has: true }, { settings: { repair: 'off' }, has: false }])('gets the end that it lacks: $has', async ({ settings, has }) => {
    const last = chunkOf('a').replace('"finish_reason":null', '"finish_reason":"stop"');
    far.answer((_request, response) => sendStream(response, [chunkOf('a'), last]));
    expect((await post(chat, { model: 'llama', messages, stream: true }, settings)).text.includes('[DONE]')).toBe(has);
  });

  it.each([
    { name: 'is taken out of what it is wrapped in', settings: { openrouter_enterprise: true }, answer: `{"success":true,"data":${chatAnswer()}}`, status: 200 },
    { name: 'that is not wrapped stays', settings: { openrouter_enterprise: true }, answer: chatAnswer(), status: 200 },
    { name: 'that is wrapped is none for others', settings: {}, answer: `{"success":true,"data":${chatAnswer()}}`, status: 502 },
  ])('$name', async ({ settings, answer, status }) => {
    far.answer((_request, response) => sendJson(response, 200, answer));
    const got = await post(chat, { model: 'router', messages }, settings as JsonObject);
    expect(got.status).toBe(status);
    if (status === 200) expect(JSON.parse(got.text)).toEqual(JSON.parse(chatAnswer()));
  });
});

it.each<{ settings: JsonObject; is: string }>([{ settings: {}, is: said }, { settings: { claude_beta_query: true }, is: `${said}?beta=true` }])('asks for betas in the address: $is', async ({ settings, is }) => {
  await post(said, { model: 'claude', max_tokens: 5, messages }, settings);
  expect(far.seen[0]?.path).toBe(is);
});
