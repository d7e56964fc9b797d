import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
const picture = (more: PictureData = {}): PictureData => ({
  tokens: [{ key: keyOf('a') }, { key: keyOf('b'), id: 2, models: ['claude'] }, { key: keyOf('c'), id: 3, status: 'DISABLED' }, { key: keyOf('d'), id: 4, expiresAt: 1 }],
  channels: [{ id: 1, baseUrl: far.url, models: ['gpt-4o', 'claude', 'unpriced'] }], ...more,
});

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker(picture());
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; worker.books.refusal = undefined; worker.ageMs = 0; worker.show(picture()); });

const good = JSON.stringify({ model: 'gpt-4o', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] });
const bearer = (letter: string) => ({ authorization: `Bearer sk-${keyOf(letter)}` });
const ask = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer> = good, path = '/v1/chat/completions'): Promise<Response> =>
  fetch(`${worker.url}${path}`, { method: 'POST', headers, body });

interface OpenaiError { error: { message: string; type: string; param: string; code: string } }
const refusalOf = async (answer: Response): Promise<[number, string]> => {
  const body = await answer.json() as OpenaiError;
  return [answer.status, body.error.code];
};

const cases: { name: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer>; is: [number, string] }[] = [
  { name: 'no key', headers: {}, is: [401, 'invalid_api_key'] },
  { name: 'a key that nobody has', headers: bearer('z'), is: [401, 'invalid_api_key'] },
  { name: 'a disabled key', headers: bearer('c'), is: [403, 'access_denied'] },
  { name: 'an expired key', headers: bearer('d'), is: [401, 'token_expired'] },
  { name: 'a channel behind the key of a user', headers: { authorization: `sk-${keyOf('a')}-1` }, is: [403, 'access_denied'] },
  { name: 'a form', headers: bearer('a'), body: 'model=gpt-4o', is: [400, 'invalid_request'] },
  { name: 'half a JSON text', headers: bearer('a'), body: good.slice(0, -3), is: [400, 'bad_request_body'] },
  { name: 'nothing', headers: bearer('a'), body: '', is: [400, 'bad_request_body'] },
  { name: 'no model', headers: bearer('a'), body: '{"messages":[]}', is: [400, 'invalid_request'] },
  { name: 'a model that is a number', headers: bearer('a'), body: '{"model":7,"messages":[]}', is: [400, 'invalid_request'] },
  { name: 'a model that the key may not use', headers: bearer('b'), is: [403, 'access_denied'] },
  { name: 'a model that no channel has', headers: bearer('a'), body: good.replace('gpt-4o', 'gpt-9'), is: [503, 'model_not_found'] },
  { name: 'a model that no channel has, before what else is wrong', headers: bearer('a'), body: '{"model":"gpt-9"}', is: [503, 'model_not_found'] },
  { name: 'a model that the key may not use, before what else is wrong', headers: bearer('b'), body: '{"model":"gpt-4o","messages":5}', is: [403, 'access_denied'] },
  { name: 'no answers', headers: bearer('a'), body: good.replace('{', '{"n":0,'), is: [400, 'invalid_request'] },
  { name: 'a million answers', headers: bearer('a'), body: good.replace('{', '{"n":1000000,'), is: [400, 'invalid_request'] },
  { name: 'a model without a price', headers: bearer('a'), body: good.replace('gpt-4o', 'unpriced'), is: [400, 'model_price_error'] },
  { name: 'an unknown coding of the body', headers: { ...bearer('a'), 'content-encoding': 'compress' }, is: [415, 'bad_request_body'] },
  { name: 'a body above the limit', headers: bearer('a'), body: `${good}${' '.repeat(1 << 20)}`, is: [413, 'read_request_body_failed'] },
  { name: 'a body above the limit once unpacked', headers: { ...bearer('a'), 'content-encoding': 'gzip' }, body: new Uint8Array(gzipSync(`${good}${' '.repeat(2 << 20)}`)), is: [413, 'read_request_body_failed'] },
];
it.each(cases)('$name', async ({ headers, body, is }) => {
  expect(await refusalOf(await ask(headers, body))).toEqual(is);
  expect(far.seen).toHaveLength(0);
});

it.each([{ coding: 'gzip', pack: gzipSync }, { coding: 'br', pack: brotliCompressSync }, { coding: 'zstd', pack: zstdCompressSync }])('takes a body packed with $coding', async ({ coding, pack }) => {
  const answer = await ask({ ...bearer('a'), 'content-encoding': coding }, new Uint8Array(pack(good)));
  expect([answer.status, far.seen[0]?.body]).toEqual([200, good]);
});

it.each(['authorization', 'x-api-key'])('answers missing, malformed and unknown keys in %s with the same bytes', async (header) => {
  const path = header === 'x-api-key' ? '/v1/messages' : '/v1/chat/completions';
  const bodies = await Promise.all([{}, { [header]: 'nonsense' }, { [header]: `sk-${keyOf('z')}` }].map(async (headers) => {
    const answer = await ask(headers, good, path);
    const id = answer.headers.get('x-oneapi-request-id') ?? '';
    expect(answer.headers.has('uwebsockets'), 'the server does not name its software').toBe(false);
    return `${answer.status} ${(await answer.text()).replaceAll(id, 'ID')}`;
  }));
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toMatch(/^401 .*ID/);
});

it.each([
  { name: 'a key that nobody has', headers: bearer('z'), says: 'Token无效' },
  { name: 'an expired key', headers: bearer('d'), says: 'Token已过期' },
  { name: 'no model', headers: bearer('a'), body: '{"messages":[]}', says: '缺少 `model`' },
  { name: 'a limit that is none', headers: bearer('a'), body: good.replace(':5', ':-5'), says: '`max_tokens` 必须是 0 到 2147483647 之间的整数' },
  { name: 'a model that no channel has', headers: bearer('a'), body: good.replace('gpt-4o', 'gpt-9'), says: '渠道不可用：分组 default 下没有提供模型 gpt-9 的渠道' },
  { name: 'a model that the key may not use', headers: bearer('b'), says: '此 Token 无权使用模型 gpt-4o' },
])('says $name in Chinese to who reads that first', async ({ headers, body, says }) => {
  const [chinese, english] = await Promise.all(['zh-CN,zh;q=0.9,en;q=0.8', 'en,zh;q=0.5'].map(async (language) => {
    const answer = await ask({ ...headers, 'accept-language': language }, body);
    return { status: answer.status, ...(await answer.json() as OpenaiError).error };
  }));
  expect(chinese?.message).toContain(says);
  expect(english?.message).not.toMatch(/[\u4e00-\u9fff]/);
  expect({ ...chinese, message: '' }).toEqual({ ...english, message: '' });
});

it('lets pages of any origin ask, with any header and without credentials', async () => {
  const page = { origin: 'https://page.test' };
  const plan = await fetch(`${worker.url}/v1/chat/completions`, { method: 'OPTIONS', headers: { ...page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,x-stainless-os' } });
  expect([plan.status, Object.fromEntries(plan.headers)]).toMatchObject([204, {
    'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization,x-stainless-os', 'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-max-age': '86400',
  }]);
  expect(plan.headers.has('access-control-allow-credentials')).toBe(false);
  for (const [headers, body] of [[bearer('a'), good], [bearer('z'), good], [bearer('a'), good.replace('{', '{"stream":true,')]] as const) {
    const [asked, other] = [await ask({ ...headers, ...page }, body), await ask(headers, body)];
    await asked.text(); await other.text();
    expect([asked.headers.get('access-control-allow-origin'), other.headers.get('access-control-allow-origin')]).toEqual(['*', null]);
  }
  expect((await fetch(`${worker.url}/v1/models`, { method: 'OPTIONS' })).status).toBe(404);
});

it('speaks the dialect of the address', async () => {
  const answer = await ask({ 'x-api-key': `sk-${keyOf('c')}` }, good, '/v1/messages');
  expect([answer.status, await answer.json()]).toMatchObject([403, { type: 'error', error: { type: 'permission_error' } }]);
  expect(answer.headers.get('request-id')).toBe(answer.headers.get('x-oneapi-request-id'));
});

it('passes on the refusal of the quota desk', async () => {
  worker.books.refusal = new Failure('insufficient_user_quota', { say: 'Balance 1, needed 2.' });
  const answer = await ask(bearer('a'));
  expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'insufficient_user_quota' } }]);
});

it('writes down what was asked for and not served, and charges nothing for it', async () => {
  await ask(bearer('a'), good.replace('gpt-4o', 'gpt-9'));
  expect(worker.books.last).toMatchObject({ outcome: 'noted', admission: { model: 'gpt-9', tokenId: 1 }, ending: { failure: 'model_not_found', status: 503 } });
});

it.each([
  { name: 'an unknown address', method: 'GET', path: '/v1/nothing', message: 'Invalid URL (GET /v1/nothing)' },
  { name: 'a wrong method', method: 'GET', path: '/v1/chat/completions', message: 'Invalid URL (GET /v1/chat/completions)' },
  { name: 'a method that nobody knows', method: 'PROPFIND', path: '/v1/models', message: 'Invalid URL (PROPFIND /v1/models)' },
  { name: 'the root', method: 'POST', path: '/', message: 'Invalid URL (POST /)' },
])('$name is 404 and says what was asked', async ({ method, path, message }) => {
  const answer = await fetch(`${worker.url}${path}`, { method });
  const body = await answer.json() as OpenaiError;
  expect([answer.status, body.error.type]).toEqual([404, 'invalid_request_error']);
  expect(body.error.message).toContain(message);
});

it('folds slashes and ignores one at the end', async () => {
  expect((await ask(bearer('a'), good, '//v1//chat/completions/')).status).toBe(200);
});

it('says 503 and never 401 when its configuration is too old, or was never there', async () => {
  worker.ageMs = 60_001;
  expect(await refusalOf(await ask(bearer('z')))).toEqual([503, 'config_stale']);
  worker.ageMs = 0;
  worker.show(undefined);
  expect(await refusalOf(await ask({}))).toEqual([503, 'config_stale']);
});

it('is ready exactly while it can serve', async () => {
  const status = async (): Promise<number> => (await fetch(`${worker.url}/readyz`)).status;
  expect(await status()).toBe(200);
  for (const change of [{ draining: true }, { spoolFill: 0.9 }, { ageMs: 60_001 }]) {
    Object.assign(worker, change);
    expect(await status()).toBe(503);
    Object.assign(worker, { draining: false, spoolFill: 0, ageMs: 0 });
  }
  expect((await fetch(`${worker.url}/livez`)).status).toBe(200);
});

it.each([
  { name: 'a key that nobody has', path: '/v1/messages', headers: bearer('z'), body: good, is: [401, { error: { message: expect.stringContaining('(request id: ') as string, type: 'new_api_error', code: 'invalid_api_key' } }] },
  { name: 'a model that no channel has', path: '/v1beta/models/gpt-9:generateContent', headers: bearer('a'), body: '{"contents":[]}', is: [503, { error: { message: expect.any(String) as string, type: 'new_api_error', code: 'model_not_found' } }] },
  { name: 'a model that the key may not use', path: '/v1/messages', headers: bearer('b'), body: good, is: [403, { error: { message: expect.any(String) as string, type: 'new_api_error', code: 'access_denied' } }] },
  { name: 'what is wrong with the request stays in the words of the client', path: '/v1/messages', headers: bearer('a'), body: '{"model":"claude"}', is: [400, expect.objectContaining({ type: 'error' }) as object] },
])('has one shape for all dialects where the operator wants that: $name', async ({ path, headers, body, is }) => {
  worker.show(picture({ settings: { legacyErrors: true } }));
  const answer = await ask(headers, body, path);
  expect([answer.status, await answer.json()]).toEqual(is);
});
