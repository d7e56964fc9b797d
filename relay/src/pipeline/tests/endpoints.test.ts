import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { done, type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({
    channels: [
      { id: 1, baseUrl: far.url, models: ['text-embedding-3-small', 'text-moderation-latest', 'gpt-3.5-turbo-instruct', 'mapped'], modelMapping: new Map([['mapped', 'real']]) },
      { id: 2, type: 14, baseUrl: far.url, models: ['claude'] },
    ],
    prices: ['text-embedding-3-small', 'text-moderation-latest', 'gpt-3.5-turbo-instruct', 'mapped', 'claude'].map((model) => ({ model })),
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const post = (path: string, body: string | object): Promise<Response> => fetch(`${worker.url}${path}`, {
  method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: typeof body === 'string' ? body : JSON.stringify(body),
});

const vectors = '{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.10,2e-3]}],"model":"real","usage":{"prompt_tokens":8,"total_tokens":8}}';

it.each([
  { name: 'at its own address', path: '/v1/embeddings', body: '{"model":"text-embedding-3-small","input":"hi","dimensions":8.0}', sent: '{"model":"text-embedding-3-small","input":"hi","dimensions":8.0}' },
  { name: 'with slashes that fold', path: '//v1//embeddings/', body: '{"model":"text-embedding-3-small","input":["a"]}', sent: '{"model":"text-embedding-3-small","input":["a"]}' },
  { name: 'by an engine that the body does not name', path: '/v1/engines/text-embedding-3-small/embeddings', body: '{"input":[[1,2]]}', sent: '{"model":"text-embedding-3-small","input":[[1,2]]}' },
  { name: 'by an engine, the body naming the model', path: '/v1/engines/x/embeddings', body: '{"input":"a","model":"text-embedding-3-small"}', sent: '{"input":"a","model":"text-embedding-3-small"}' },
])('embeddings pass byte for byte: $name', async ({ path, body, sent }) => {
  far.answer((_request, response) => sendJson(response, 200, vectors));
  const answer = await post(path, body);
  expect([answer.status, await answer.text()]).toEqual([200, vectors]);
  expect(far.seen[0]).toMatchObject({ path: '/v1/embeddings', body: sent });
  expect(worker.books.last).toMatchObject({ outcome: 'settled', admission: { dialect: 'embeddings' }, ending: { source: 'UPSTREAM', tokens: { input: 8, output: 0 } } });
});

it('calls the model as the channel does, and answers under the name that was asked for', async () => {
  far.answer((_request, response) => sendJson(response, 200, vectors));
  const answer = await post('/v1/embeddings', '{"model":"mapped","input":"hi"}');
  expect(await answer.text()).toBe(vectors.replace('"real"', '"mapped"'));
  expect(far.seen[0]?.body).toBe('{"model":"real","input":"hi"}');
});

it('moderates with the usual model where none is named, and charges the estimated input', async () => {
  const verdict = '{"id":"modr-1","model":"text-moderation-latest","results":[{"flagged":false}]}';
  far.answer((_request, response) => sendJson(response, 200, verdict));
  expect(await (await post('/v1/moderations', { input: 'some words to look at' })).text()).toBe(verdict);
  expect(JSON.parse(far.seen[0]?.body ?? '')).toEqual({ model: 'text-moderation-latest', input: 'some words to look at' });
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'ESTIMATED', tokens: { input: worker.books.last?.admission.estimatedInput, output: 0 } } });
});

const piece = (text: string): string => `data: {"id":"cmpl-1","object":"text_completion","choices":[{"text":"${text}","index":0,"finish_reason":null}]}\n\n`;
const finish = 'data: {"id":"cmpl-1","object":"text_completion","choices":[{"text":"","index":0,"finish_reason":"stop"}]}\n\n';
const usage = 'data: {"id":"cmpl-1","object":"text_completion","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\n\n';

it('streams completions, asks for usage, and keeps it from a client that did not', async () => {
  far.answer((_request, response) => sendStream(response, [piece('a'), piece('b'), finish, usage, done]));
  const answer = await post('/v1/completions', { model: 'gpt-3.5-turbo-instruct', prompt: 'x', stream: true });
  expect(await answer.text()).toBe([piece('a'), piece('b'), finish, done].join(''));
  expect(JSON.parse(far.seen[0]?.body ?? '')).toMatchObject({ stream_options: { include_usage: true } });
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens: { input: 3, output: 2 } } });
});

it('counts the text of a completion whose upstream reports nothing', async () => {
  far.answer((_request, response) => sendStream(response, [piece('one two three'), piece(' four'), finish, done]));
  await (await post('/v1/completions', { model: 'gpt-3.5-turbo-instruct', prompt: 'x', stream: true })).text();
  expect(worker.books.last?.ending).toMatchObject({ source: 'ESTIMATED', tokens: { output: 4 } });
});

it.each([
  { name: 'embeddings without input', path: '/v1/embeddings', body: '{"model":"text-embedding-3-small"}', status: 400, error: { code: 'invalid_request', param: 'input' } },
  { name: 'embeddings of null', path: '/v1/embeddings', body: '{"model":"text-embedding-3-small","input":null}', status: 400, error: { code: 'invalid_request', param: 'input' } },
  { name: 'embeddings without a model', path: '/v1/embeddings', body: '{"input":"a"}', status: 400, error: { code: 'invalid_request', param: 'model' } },
  { name: 'a body that breaks off', path: '/v1/embeddings', body: '{"model":"text-embedding-3-small","input":"a', status: 400, error: { code: 'bad_request_body' } },
  { name: 'a list that is none', path: '/v1/rerank', body: '{"model":"claude","query":"q","documents":"d"}', status: 400, error: { code: 'invalid_request', param: 'documents' } },
  { name: 'a provider that does not offer it', path: '/v1/embeddings', body: '{"model":"claude","input":"a"}', status: 400, error: { code: 'convert_request_failed', param: 'model' } },
  { name: 'a model that nobody serves', path: '/v1/embeddings', body: '{"model":"unknown","input":"a"}', status: 503, error: { code: 'model_not_found' } },
  { name: 'a tuning', path: '/v1/fine-tunes', body: '{}', status: 501, error: { code: 'api_not_implemented' } },
  { name: 'a ranking of nothing', path: '/v1/rerank', body: '{"model":"claude","query":"q","documents":[ ]}', status: 400, error: { code: 'invalid_request', param: 'documents' } },
  { name: 'a file', path: '/v1/files', body: '{}', status: 501, error: { code: 'api_not_implemented', type: 'new_api_error' } },
])('refuses $name', async ({ path, body, status, error }) => {
  const answer = await post(path, body);
  expect([answer.status, await answer.json()]).toMatchObject([status, { error }]);
  expect(far.seen).toHaveLength(0);
});

it('tells official clients not to ask again for what is not there', async () => {
  expect((await post('/v1/files', {})).headers.get('x-should-retry')).toBe('false');
  expect((await post('/v1/embeddings', { model: 'unknown', input: 'a' })).headers.get('x-should-retry')).toBe('false');
  far.answer((_request, response) => sendJson(response, 503, '{"error":{"message":"busy"}}'));
  const busy = await post('/v1/embeddings', { model: 'text-embedding-3-small', input: 'a' });
  expect([busy.status, busy.headers.get('x-should-retry'), busy.headers.get('retry-after')]).toEqual([503, null, '1']);
});

it('takes an error inside a success for what it is', async () => {
  far.answer((_request, response) => sendJson(response, 200, '{"error":{"message":"no","type":"x"}}'));
  const answer = await post('/v1/embeddings', { model: 'text-embedding-3-small', input: 'a' });
  expect([answer.status, await answer.json()]).toMatchObject([502, { error: { code: 'bad_response_status_code' } }]);
  expect(worker.books.last).toMatchObject({ outcome: 'released' });
});
