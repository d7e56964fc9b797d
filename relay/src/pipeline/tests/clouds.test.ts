/** Claude and others in the clouds of AWS and Google, end to end: signed or with a token, wrapped, and unframed. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameOf } from '../../framing/testing/aws-frame.ts';
import { type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { httpProxy } from '../../upstream/testing/proxies.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let farEnd: FarEnd, worker: TestWorker;

beforeAll(async () => {
  farEnd = await startFarEnd((_, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await farEnd.close(); });

const serve = (type: number, model: string, secret: string): void =>
  worker.show({ channels: [{ id: 1, type, models: [model], baseUrl: farEnd.url, credentials: [{ id: 1, secret }] }], prices: [{ model }] });

async function ask(path: string, body: object, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(worker.url + path, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

const messages = [{ role: 'user', content: 'hi' }], claude = 'claude-sonnet-4-5-20250929';
const message = { id: 'msg_1', type: 'message', role: 'assistant', model: claude, content: [{ type: 'text', text: 'Hello' }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 9, output_tokens: 2 } };
const events = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } }, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } }, { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 2 } }, { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { inputTokenCount: 9 } },
];
const wrapped = (event: object): Buffer => frameOf({ ':event-type': 'chunk', ':content-type': 'application/json', ':message-type': 'event' }, JSON.stringify({ bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcd' }));
const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '../../../fixtures/bedrock', name), 'utf8');

describe('Claude on Bedrock', () => {
  it('is asked in its own words, signed, without what the address says', async () => {
    serve(33, claude, 'AK|SK|us-east-1');
    farEnd.answer((_, response) => sendJson(response, 200, JSON.stringify(message)));
    const answer = await ask('/v1/messages', { model: claude, max_tokens: 5, messages, service_tier: 'auto', big: 1e3 }, { 'anthropic-beta': 'a-1, b-2' });
    const { path, headers, body } = farEnd.seen.at(-1)!;
    expect(path).toBe('/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke');
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AK\/\d{8}\/us-east-1\/bedrock\/aws4_request, SignedHeaders=/);
    expect(body).toBe('{"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["a-1","b-2"],"max_tokens":5,"messages":[{"role":"user","content":"hi"}],"big":1000}');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, message]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 9, output: 2 } } });
  });

  it.each([{ client: 'of its dialect', path: '/v1/messages', says: 'event: message_stop' }, { client: 'of another', path: '/v1/chat/completions', says: 'data: [DONE]' }])('streams frames as events to a client $client', async ({ path, says }) => {
    serve(33, claude, 'key|us-east-1');
    farEnd.answer((_, response) => { response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }); response.end(Buffer.concat(events.map(wrapped))); });
    const { status, text } = await ask(path, { model: claude, max_tokens: 5, messages, stream: true });
    expect(farEnd.seen.at(-1)).toMatchObject({ path: expect.stringMatching(/invoke-with-response-stream$/), headers: { authorization: 'Bearer key' } });
    expect([status, text.includes('Hello'), text.includes(says)]).toEqual([200, true, true]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 9, output: 2 } } });
  });

  it('does not read of tools what it does not know', async () => {
    serve(33, claude, 'key|us-east-1');
    farEnd.answer((_, response) => sendJson(response, 200, JSON.stringify(message)));
    const tools = [{ name: 'a', input_schema: { type: 'object' }, eager_input_streaming: true, defer_loading: true }, { name: 'b', allowed_callers: ['direct'], input_schema: {} }];
    await ask('/v1/messages', { model: claude, max_tokens: 5, messages, tools, metadata: { user_id: 'u'.repeat(300) } }, { 'anthropic-beta': 'a-1' });
    expect(JSON.parse(farEnd.seen.at(-1)!.body)).toEqual({
      anthropic_version: 'bedrock-2023-05-31', anthropic_beta: ['a-1', 'fine-grained-tool-streaming-2025-05-14'], max_tokens: 5, messages,
      tools: [{ name: 'a', input_schema: { type: 'object' } }, { name: 'b', input_schema: {} }],
    });
    await ask('/v1/messages', { model: claude, max_tokens: 5, messages, tools, metadata: { user_id: 'u' } }, { 'anthropic-beta': 'tool-search-tool-2025-10-19' });
    expect(JSON.parse(farEnd.seen.at(-1)!.body)).toMatchObject({ metadata: { user_id: 'u' }, tools: [{ name: 'a', defer_loading: true }, { name: 'b', allowed_callers: ['direct'] }] });
  });

  it.each([
    { cloud: 'Bedrock', type: 33, key: 'key|us-east-1', path: '/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens', answer: '{"inputTokens":7}' },
    { cloud: 'Vertex', type: 41, key: 'AIza', path: '/v1/publishers/anthropic/models/count-tokens:rawPredict?key=AIza', answer: '{"input_tokens":7}' },
  ])('is counted by $cloud', async ({ type, key, path, answer }) => {
    serve(type, claude, key);
    farEnd.answer((_, response) => sendJson(response, 200, answer));
    const { status, text } = await ask('/v1/messages/count_tokens', { model: claude, messages });
    expect([status, JSON.parse(text), farEnd.seen.at(-1)!.path]).toEqual([200, { input_tokens: 7 }, path]);
    const sent = JSON.parse(farEnd.seen.at(-1)!.body) as { input?: { invokeModel: { body: string } } };
    const counted: unknown = sent.input ? JSON.parse(Buffer.from(sent.input.invokeModel.body, 'base64').toString()) : sent;
    expect(counted).toEqual(type === 33 ? { anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, messages } : { anthropic_version: 'vertex-2023-10-16', model: 'claude-sonnet-4-5@20250929', messages });
  });

  it('is sent the bytes of pictures that the client names by address', async () => {
    const { guards } = worker.relay.snapshots.current()!.settings;
    worker.show({
      settings: { guards: { ...guards, fetch: { ...guards.fetch, allowPrivate: true, ports: [new URL(farEnd.url).port] } } },
      channels: [{ id: 1, type: 33, models: [claude], baseUrl: farEnd.url, credentials: [{ id: 1, secret: 'key|us-east-1' }] }], prices: [{ model: claude }],
    });
    const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    farEnd.answer((request, response) => {
      if (request.path === '/a.png') { response.writeHead(200, { 'content-type': 'image/png' }).end(picture); return; }
      sendJson(response, 200, JSON.stringify(message));
    });
    const content = [{ type: 'image', source: { type: 'url', url: `${farEnd.url}/a.png` } }, { type: 'text', text: 'what is it?' }];
    const { status } = await ask('/v1/messages', { model: claude, max_tokens: 5, messages: [{ role: 'user', content }] });
    expect([status, farEnd.seen.at(-1)?.path]).toEqual([200, expect.stringMatching(/invoke$/)]);
    expect(JSON.parse(farEnd.seen.at(-1)!.body)).toMatchObject({
      anthropic_version: 'bedrock-2023-05-31', messages: [{ content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture.toString('base64') } }, { type: 'text', text: 'what is it?' }] }],
    });
  });

  it('takes an exception inside a stream for the failure that it is', async () => {
    serve(33, claude, 'key|us-east-1');
    const broken = frameOf({ ':exception-type': 'throttlingException', ':message-type': 'exception' }, '{"message":"Too many tokens"}');
    farEnd.answer((_, response) => { response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }); response.end(Buffer.concat([...events.slice(0, 3).map(wrapped), broken])); });
    const { status, text } = await ask('/v1/messages', { model: claude, max_tokens: 5, messages, stream: true });
    expect([status, text.includes('message_stop')]).toEqual([502, false]);
    expect(worker.books.last).toMatchObject({ outcome: 'released' });
  });
});

describe('Converse', () => {
  const nova = 'amazon.nova-pro-v1:0';
  it.each(['/v1/chat/completions', '/v1/messages', '/v1/responses'])('serves clients of %s', async (path) => {
    serve(33, nova, 'key|us-east-1');
    farEnd.answer((_, response) => sendJson(response, 200, fixture('text/upstream.json')));
    const { status, text } = await ask(path, { model: nova, max_tokens: 50, ...(path.endsWith('responses') ? { input: 'hi', max_output_tokens: 50 } : { messages }) });
    expect(farEnd.seen.at(-1)).toMatchObject({ path: '/model/amazon.nova-pro-v1%3A0/converse' });
    expect(JSON.parse(farEnd.seen.at(-1)!.body)).toMatchObject({ messages: [{ role: 'user', content: [{ text: 'hi' }] }], inferenceConfig: { maxTokens: 50 } });
    expect(status).toBe(200);
    expect(text).toContain(JSON.stringify(JSON.parse(fixture('text/expected.json')).text).slice(1, 20));
  });

  it('streams frames', async () => {
    serve(33, nova, 'AK|SK|us-east-1');
    const frames = fixture('reasoning-stream/upstream.chunks.txt').split('\n').filter(Boolean).map((line) => {
      const [[name, payload]] = Object.entries<object>(JSON.parse(line)) as [[string, object]];
      return frameOf({ ':event-type': name, ':message-type': 'event' }, JSON.stringify(payload));
    });
    farEnd.answer((_, response) => { response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }); frames.forEach((frame) => response.write(frame)); response.end(); });
    const { text } = await ask('/v1/chat/completions', { model: nova, messages, stream: true });
    const said = text.split('\n\n').flatMap((event) => (event.startsWith('data: {') ? [JSON.parse(event.slice(6)).choices[0]?.delta] : []));
    const expected = JSON.parse(fixture('reasoning-stream/expected.json'));
    expect(said.map((delta) => delta?.content ?? '').join('')).toBe(expected.text);
    expect(said.map((delta) => delta?.reasoning_content ?? '').join('')).toBe(expected.reasoning);
    expect(worker.books.last).toMatchObject({ outcome: 'settled' });
  });

  it('passes on what it refuses', async () => {
    serve(33, nova, 'key|us-east-1');
    farEnd.answer((_, response) => sendJson(response, 400, '{"message":"Malformed input request"}'));
    expect(await ask('/v1/chat/completions', { model: nova, messages })).toMatchObject({ status: 400, text: expect.stringContaining('Malformed input request') });
  });
});

describe('Vertex', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  const secret = (name: string): string => JSON.stringify({ client_email: `${name}@p.iam`, private_key: privateKey, project_id: 'p', token_uri: `${farEnd.url}/token` });

  it('is asked with a token, which is fetched once, and anew when it is refused', async () => {
    serve(41, claude, secret('one'));
    let issued = 0, refused = false;
    farEnd.answer((request, response) => {
      if (request.path === '/token') return sendJson(response, 200, JSON.stringify({ access_token: `t${++issued}`, expires_in: 3_600 }));
      if (request.headers.authorization === 'Bearer t1' && refused) return sendJson(response, 401, '{"error":{"message":"expired"}}');
      return sendJson(response, 200, JSON.stringify(message));
    });
    const call = () => ask('/v1/messages', { model: claude, max_tokens: 5, messages, stream: false });
    expect((await Promise.all([call(), call()])).map(({ status }) => status)).toEqual([200, 200]);
    expect(issued).toBe(1);
    refused = true;
    expect((await call()).status).toBe(200);
    expect(issued).toBe(2);
    const { path, headers, body } = farEnd.seen.at(-1)!;
    expect(path).toBe('/v1/projects/p/locations/global/publishers/anthropic/models/claude-sonnet-4-5%4020250929:rawPredict');
    expect(headers.authorization).toBe('Bearer t2');
    expect(body).toBe('{"anthropic_version":"vertex-2023-10-16","max_tokens":5,"messages":[{"role":"user","content":"hi"}],"stream":false}');
  });

  it('blames the channel for a credential that gets no token', async () => {
    serve(41, claude, secret('two'));
    farEnd.answer((_, response) => sendJson(response, 400, '{"error":"invalid_grant"}'));
    expect(await ask('/v1/messages', { model: claude, max_tokens: 5, messages })).toMatchObject({ status: 502, text: expect.not.stringContaining('invalid_grant') });
  });

  it('is asked over the proxy of its channel, and so is the issuer of its tokens', async () => {
    const proxy = await httpProxy('u:p'), { port } = new URL(farEnd.url);
    const named = (name: string): string => `http://${name}.test:${port}`;
    const account = JSON.stringify({ ...JSON.parse(secret('three')) as object, token_uri: `${named('issuer')}/token` });
    worker.show({ channels: [{ id: 1, type: 41, baseUrl: named('provider'), models: [claude], credentials: [{ id: 10, secret: account }], proxy: `http://u:p@127.0.0.1:${proxy.port}` }], prices: [{ model: claude }] });
    farEnd.answer((request, response) => sendJson(response, 200, request.path === '/token' ? '{"access_token":"t","expires_in":3600}' : JSON.stringify(message)));
    expect((await ask('/v1/messages', { model: claude, max_tokens: 5, messages })).status).toBe(200);
    expect(proxy.asked).toEqual([`issuer.test:${port}`, `provider.test:${port}`]);
    proxy.close();
  });
});
