import { afterAll, beforeAll, expect, it } from 'vitest';
import { channelOf, keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';
import { endpointTypes } from './endpoint-types.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({
    tokens: [{ key: keyOf('a') }, { key: keyOf('b'), models: ['claude', 'far'] }, { key: keyOf('c'), models: [] }],
    channels: [{ id: 1, models: ['gpt-4o', 'org/claude', 'claude', 'unpriced'] }, { id: 2, models: ['far'], groups: ['vip'] }, { id: 3, models: ['off'], status: 'DISABLED' }],
    prices: [{}, { model: 'claude' }, { model: 'org/claude' }, { model: 'far' }, { model: 'off' }],
  });
});
afterAll(() => worker.close());

const read = async (path: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(`${worker.url}${path}`, { headers });
  return { status: answer.status, body: await answer.json() };
};
const bearer = (letter: string) => ({ authorization: `Bearer sk-${keyOf(letter)}` });

it('lists what the key may call, in the OpenAI form', async () => {
  const { body } = await read('/v1/models', bearer('a'));
  expect(body).toMatchObject({ object: 'list', success: true, data: [{ id: 'claude' }, { id: 'gpt-4o', object: 'model', owned_by: 'openai', supported_endpoint_types: ['openai', 'openai-response'] }, { id: 'org/claude' }] });
});

it('lists what openai-responses may call', async () => {
  expect(await read('/responses/v1/models', bearer('a'))).toMatchObject({ status: 200, body: { object: 'list', data: [{ id: 'claude', supported_endpoint_types: ['openai-response'] }, { id: 'gpt-4o' }, { id: 'org/claude' }] } });
});

it.each([
  { model: 'gpt-4o', types: [1], is: ['openai', 'openai-response'] },
  { model: 'claude-opus-4-5', types: [14], is: ['openai', 'anthropic'] },
  { model: 'gemini-3-pro', types: [24, 1], is: ['openai', 'openai-response', 'gemini'] },
  { model: 'gemini-2.5-flash-image', types: [24], is: ['openai', 'gemini', 'image-generation'] },
  { model: 'text-embedding-3-small', types: [1], is: ['embeddings'] },
  { model: 'jina-reranker-v2', types: [38], is: ['jina-rerank'] },
  { model: 'dall-e-3', types: [1], is: ['image-generation'] },
  { model: 'claude-sonnet-4-5', types: [41], is: ['openai', 'anthropic'] },
  { model: 'anything', types: [999], is: ['openai'] },
])('$model of type $types is at home at $is', ({ model, types, is }) => {
  expect(endpointTypes(model, types.map((type, id) => channelOf({ id, type })))).toEqual(is);
});

it.each([
  { name: 'x-api-key with anthropic-version', path: '/v1/models', headers: { 'x-api-key': keyOf('b'), 'anthropic-version': '2023-06-01' }, body: { data: [{ type: 'model', id: 'claude', display_name: 'claude', created_at: '2021-07-20T10:40:00Z' }], first_id: 'claude', last_id: 'claude', has_more: false } },
  { name: 'an empty list in the Anthropic form', path: '/v1/models', headers: { 'x-api-key': keyOf('c'), 'anthropic-version': '2023-06-01' }, body: { data: [], first_id: null, last_id: null, has_more: false } },
  { name: 'x-goog-api-key', path: '/v1/models', headers: { 'x-goog-api-key': keyOf('b') }, body: { models: [{ name: 'models/claude', version: '001', displayName: 'claude', description: '', inputTokenLimit: 0, outputTokenLimit: 0, supportedGenerationMethods: ['generateContent'] }], nextPageToken: null } },
  { name: 'a key in the query', path: `/v1/models?key=sk-${keyOf('c')}`, headers: {}, body: { models: [], nextPageToken: null } },
])('$name', async ({ path, headers, body }) => expect(await read(path, headers as Record<string, string>)).toEqual({ status: 200, body }));

it.each([
  { name: 'a model of the list', path: '/v1/models/gpt-4o', status: 200, body: { id: 'gpt-4o', object: 'model' } },
  { name: 'a name with a slash', path: '/v1/models/org/claude', status: 200, body: { id: 'org/claude' } },
  { name: 'a name that is written with percent signs', path: '/v1/models/org%2Fclaude', status: 200, body: { id: 'org/claude' } },
  { name: 'a model of another group', path: '/v1/models/far', status: 404, body: { error: { code: 'model_not_found', type: 'invalid_request_error' } } },
  { name: 'a broken name', path: '/v1/models/%ff', status: 404, body: { error: { code: 'model_not_found' } } },
])('$name is $status', async ({ path, status, body }) => expect(await read(path, bearer('a'))).toMatchObject({ status, body }));

it('reads one model in the Anthropic form', async () => {
  const { body } = await read('/v1/models/claude', { 'x-api-key': keyOf('a'), 'anthropic-version': '2023-06-01' });
  expect(body).toMatchObject({ type: 'model', id: 'claude' });
});

it('refuses a key that is none, in the form that the headers ask for', async () => {
  expect(await read('/v1/models', bearer('z'))).toMatchObject({ status: 401, body: { error: { code: 'invalid_api_key' } } });
  expect(await read('/v1/models', { 'x-api-key': keyOf('z'), 'anthropic-version': '2023-06-01' })).toMatchObject({ status: 401, body: { type: 'error', error: { type: 'authentication_error' } } });
});
