import { afterAll, beforeEach, expect, it } from 'vitest';
import type { Entry } from './ground-truth.ts';
import { startMockProvider } from './server.ts';

const mock = await startMockProvider();
afterAll(() => mock.close());
beforeEach(() => mock.truth.clear());

const paths = { chat: '/v1/chat/completions', messages: '/v1/messages' };
const post = (path: string, model: string, more: object = {}): Promise<Response> => fetch(`${mock.url}${path}`, {
  method: 'POST',
  headers: { authorization: 'Bearer secret-1', 'x-request-id': 'request-7' },
  body: JSON.stringify({ model, max_tokens: 50, messages: [{ role: 'user', content: 'one two three' }], ...more }),
});
const stream = (path: string, model: string, more: object = {}): Promise<Response> =>
  post(path, model, { stream: true, stream_options: { include_usage: true }, ...more });
const log = async (): Promise<Entry[]> => (await (await fetch(`${mock.url}/__log`)).json()) as Entry[];
const events = (text: string): { type?: string; choices?: { delta: { content?: string } }[] }[] =>
  text.split(/\r?\n/).filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)) as { type?: string });

it('echoes the last message over chat and counts words as tokens', async () => {
  const body = (await (await post(paths.chat, 'gpt-4o')).json()) as { choices: { message: { content: string } }[]; usage: object };
  expect(body.choices[0]!.message.content).toBe('Echo: one two three café 世界 🙂');
  expect(body.usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 7, total_tokens: 10 });
});

it('echoes as a message of the other dialect', async () => {
  const body = (await (await post(paths.messages, 'claude')).json()) as { content: { text: string }[]; usage: object };
  expect(body.content[0]!.text).toMatch(/^Echo: one two three/);
  expect(body.usage).toMatchObject({ input_tokens: 3, output_tokens: 7 });
});

it('echoes as a response, with the whole of it in the last event', async () => {
  const ask = (more: object): Promise<Response> => fetch(`${mock.url}/v1/responses`, { method: 'POST', body: JSON.stringify({ model: 'gpt-5', input: 'one two three', ...more }) });
  const body = await (await ask({})).json();
  expect(body).toMatchObject({ object: 'response', output: [{ content: [{ text: 'Echo: one two three café 世界 🙂' }] }], usage: { input_tokens: 3, output_tokens: 7 } });
  const text = await (await ask({ stream: true })).text();
  expect(text.startsWith('event: response.created\n')).toBe(true);
  expect(events(text).at(-1)).toMatchObject({ type: 'response.completed', response: body });
  expect((await log()).map((entry) => entry.usage)).toEqual(Array(2).fill({ input: 3, output: 7, cached: 0 }));
  const broken = await (await ask({ model: 'mock/error-in-stream:3', stream: true })).text();
  expect(events(broken).at(-1)).toMatchObject({ type: 'error', error: { message: expect.any(String) as string } });
});

it.each([
  { name: 'a recorded chat stream ends with DONE', path: paths.chat, model: 'openai/openai-text', end: 'data: [DONE]\n\n', count: 303 },
  { name: 'a recorded message stream names its events', path: paths.messages, model: 'anthropic/anthropic-text', end: 'event: message_stop\ndata: {"type":"message_stop"}\n\n', count: 12 },
  { name: 'a recording with framing of its own', path: paths.chat, model: 'openai-compatible/anthropic-fallback-tool-call', end: 'data: [DONE]\n\n', count: 8 },
])('$name', async ({ path, model, end, count }) => {
  const text = await (await stream(path, model)).text();
  expect(text.endsWith(end)).toBe(true);
  expect(events(text).length).toBeGreaterThanOrEqual(Math.min(count, 8));
  if (!model.includes('compatible')) expect(events(text)).toHaveLength(count);
});

it('keeps the usage chunk from a caller who did not ask for it', async () => {
  const asked = events(await (await stream(paths.chat, 'openai/openai-text')).text());
  const unasked = events(await (await stream(paths.chat, 'openai/openai-text', { stream_options: undefined })).text());
  expect(asked.length - unasked.length).toBe(1);
});

it.each([
  { order: 'status:503', status: 503 },
  { order: '429:retry-after=2', status: 429, header: '2' },
  { order: 'ok-status-error-body', status: 200 },
])('answers $order', async ({ order, status, header }) => {
  const answer = await post(paths.chat, `mock/${order}`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, header ?? null]);
  expect(await answer.json()).toHaveProperty('error.message');
});

it('obeys orders in the path of a channel', async () => {
  expect((await post(`/orders/status:500${paths.messages}`, 'claude')).status).toBe(500);
});

it.each([
  { orders: 'no-usage', usage: null },
  { orders: 'zero-usage', usage: { input: 0, output: 0, cached: 0 } },
  { orders: 'absurd-usage', usage: { input: -5, output: 9e15, cached: 0 } },
  { orders: 'usage-twice', usage: { input: 3, output: 7, cached: 0 } },
  { orders: 'input:120+output:34+cached:20', usage: { input: 120, output: 34, cached: 20 } },
  { orders: 'words:40', usage: { input: 3, output: 40, cached: 0 } },
  { orders: 'cut-after:2', usage: null },
])('reports $orders in the ground truth as it was sent', async ({ orders, usage }) => {
  await (await stream(paths.chat, `mock/${orders}`)).text().catch(() => '');
  await expect.poll(async () => (await log())[0]?.ending).not.toBe('open');
  expect((await log())[0]!.usage).toEqual(usage);
});

it.each(['split-utf8', 'one-byte', 'at-once', 'crlf', 'drip:1ms'])('says the same with %s', async (order) => {
  const text = events(await (await stream(paths.chat, `mock/${order}`)).text()).map((event) => event.choices?.[0]?.delta.content ?? '').join('');
  expect(text).toBe('Echo: one two three café 世界 🙂');
});

it.each(['reset-before-headers', 'cut-in-frame:3', 'cut-after:2'])('breaks the connection with %s', async (order) => {
  await expect(stream(paths.messages, `mock/${order}`).then((answer) => answer.text())).rejects.toThrow();
  expect((await log())[0]!.ending).toBe('broken');
});

it('resets once and answers the repetition', async () => {
  await expect(post(paths.chat, 'mock/reset-once')).rejects.toThrow();
  expect((await post(paths.chat, 'mock/reset-once')).status).toBe(200);
});

it.each(['stall-after:2', 'never-answer', 'pings-forever'])('stays silent with %s until the caller leaves, and notices that', async (order) => {
  await expect(fetch(`${mock.url}${paths.chat}`, {
    method: 'POST', signal: AbortSignal.timeout(150), body: JSON.stringify({ model: `mock/${order}`, stream: true, messages: [] }),
  }).then((answer) => answer.text())).rejects.toThrow();
  await expect.poll(async () => (await log())[0]?.ending).toBe('client-left');
});

it('fails inside a stream that began as a success', async () => {
  const said = events(await (await stream(paths.messages, 'mock/error-in-stream:3')).text());
  expect(said.map((event) => event.type)).toEqual(['message_start', 'content_block_start', 'ping', 'error']);
});

it('puts two megabytes into one frame', async () => {
  const text = await (await stream(paths.chat, 'mock/huge-frame:2mb')).text();
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeGreaterThan(2 << 20);
});

it('writes down who asked with what', async () => {
  await post(paths.chat, 'gpt-4o');
  expect(await log()).toMatchObject([{ requestId: 'request-7', credential: 'secret-1', model: 'gpt-4o', label: 'one two three', status: 200, ending: 'complete' }]);
  await fetch(`${mock.url}/__log`, { method: 'DELETE' });
  expect(await log()).toEqual([]);
});

it.each([
  { name: 'an order that does not exist', path: paths.chat, body: '{"model":"mock/stal-after:3","messages":[]}', status: 400, say: 'there is no order' },
  { name: 'an order without its argument', path: paths.chat, body: '{"model":"mock/drip","messages":[]}', status: 400, say: 'wants a time' },
  { name: 'a recording in the other dialect', path: paths.chat, body: '{"model":"anthropic/anthropic-text","messages":[]}', status: 400, say: 'another dialect' },
  { name: 'no JSON', path: paths.messages, body: '{', status: 400, say: 'not JSON' },
  { name: 'no limit where the dialect demands one', path: paths.messages, body: '{"model":"x","messages":[]}', status: 400, say: 'max_tokens' },
  { name: 'an unknown address', path: '/v2/nothing', body: '{}', status: 404, say: 'Nothing at' },
])('refuses $name', async ({ path, body, status, say }) => {
  const answer = await fetch(`${mock.url}${path}`, { method: 'POST', body });
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(say)]);
});
