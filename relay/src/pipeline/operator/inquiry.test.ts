import { createCipheriv, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderInquiry, ProviderInquiryResult } from '../../gql/types.gen.ts';
import { deriveKey } from '../../link/derived-key.ts';
import { SecretBox } from '../../snapshot/secret-box.ts';
import { httpProxy } from '../../upstream/testing/proxies.ts';
import { inquirer } from './inquiry.ts';
import { type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

const masterKey = randomBytes(32);
let farEnd: FarEnd, worker: TestWorker;

beforeAll(async () => {
  farEnd = await startFarEnd((_, response) => sendJson(response, 404, '{}'));
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await farEnd.close(); });

function sealed(secret: string, row: string, column = 'secret'): string {
  const bound = Buffer.from(`weir/1/provider_inquiry/${row}/${column}`);
  const seal = (key: Buffer, plain: Buffer): string => {
    const nonce = randomBytes(12), cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  };
  const data = randomBytes(32);
  return `w1.1.${seal(deriveKey(masterKey, 'envelope'), data)}.${seal(data, Buffer.from(secret))}`;
}

const ask = (over: Partial<ProviderInquiry>): Promise<Omit<ProviderInquiryResult, 'nonce'>> => inquirer(worker.relay, new SecretBox(masterKey))({
  nonce: 'n', question: 'MODELS', type: 1, baseUrl: farEnd.url, extra: { other: '', organization: '', settings: '' }, envelope: sealed('sk-1', 'n'), askedAt: 0, ...over,
});

/** Answers by path; the rest is not found. */
const serve = (answers: Record<string, unknown>): void => farEnd.answer((request, response) => {
  const answer = answers[request.path];
  sendJson(response, answer === undefined ? 404 : 200, JSON.stringify(answer ?? {}));
});

describe('the models of an account', () => {
  it.each([
    { name: 'a list of ids', type: 1, answers: { '/v1/models': { data: [{ id: 'b' }, { id: 'a' }, { id: 'b' }, {}] } }, models: ['b', 'a'] },
    { name: 'pages', type: 14, models: ['one', 'two'], answers: {
      '/v1/models?limit=1000': { data: [{ id: 'one' }], has_more: true, last_id: 'on e' }, '/v1/models?limit=1000&after_id=on%20e': { data: [{ id: 'two' }], has_more: false } } },
    { name: 'a path of its own', type: 43, answers: { '/models': { data: [{ id: 'deepseek-chat' }] } }, models: ['deepseek-chat'] },
  ])('are $name', async ({ type, answers, models }) => {
    serve(answers);
    expect(await ask({ type })).toMatchObject({ ok: true, models });
  });

  it('are asked for with the credential, and nothing else', async () => {
    serve({ '/v1/models': { data: [] } });
    await ask({ type: 14 });
    expect(farEnd.seen.at(-1)).toMatchObject({ headers: { 'x-api-key': 'sk-1', 'anthropic-version': '2023-06-01' }, body: '' });
  });

  it.each([
    { name: 'the provider refuses', over: {}, status: 401, body: '{"error":{"message":"Incorrect API key sk-abcdefgh at https://x.test"}}', is: { failure: 'channel:invalid_key', detail: expect.stringContaining('[hidden]') } },
    { name: 'the answer is no list', over: {}, status: 200, body: '{"models":1}', is: { failure: 'bad_response_body' } },
    { name: 'the answer is no JSON', over: {}, status: 200, body: '<html>', is: { failure: 'bad_response_body', detail: 'not JSON' } },
    { name: 'nobody claims the type', over: { type: 9_999 }, status: 200, body: '{}', is: { failure: 'not_offered' } },
    { name: 'the provider has no balance', over: { type: 14, question: 'BALANCE' as const }, status: 200, body: '{}', is: { failure: 'not_offered' } },
    { name: 'the secret was sealed for another inquiry', over: { nonce: 'other' }, status: 200, body: '{}', is: { failure: 'channel:invalid_key' } },
    { name: 'the address is none', over: { baseUrl: 'nowhere' }, status: 200, body: '{}', is: { failure: 'do_request_failed' } },
  ])('tells why when $name', async ({ over, status, body, is }) => {
    farEnd.answer((_, response) => sendJson(response, status, body));
    expect(await ask(over)).toMatchObject({ ok: false, models: [], ...is });
  });
});

it('is asked over the proxy of its channel', async () => {
  const proxy = await httpProxy('u:p');
  serve({ '/v1/models': { data: [{ id: 'there' }] } });
  expect(await ask({ proxyEnvelope: sealed(`http://u:p@127.0.0.1:${proxy.port}`, 'n', 'proxy') })).toMatchObject({ ok: true, models: ['there'] });
  expect(proxy.asked).toHaveLength(1);
  proxy.close();
});

describe('the balance of an account', () => {
  it('is the limit less the usage, where the old billing paths are', async () => {
    farEnd.answer((request, response) => sendJson(response, 200, request.path.includes('usage') ? '{"total_usage":1234.5}' : '{"hard_limit_usd":20}'));
    expect(await ask({ question: 'BALANCE' })).toMatchObject({ ok: true, balance: { amount: '7.655', currency: 'USD' } });
  });

  it('is what was bought less what was used', async () => {
    serve({ '/v1/credits': { data: { total_credits: 100.5, total_usage: 25.7500001 } } });
    expect(await ask({ question: 'BALANCE', type: 20 })).toMatchObject({ ok: true, balance: { amount: '74.75', currency: 'USD' } });
  });

  it('is of the currency that has something', async () => {
    serve({ '/user/balance': { is_available: true, balance_infos: [{ currency: 'USD', total_balance: '0.00' }, { currency: 'CNY', total_balance: '110.00' }] } });
    expect(await ask({ question: 'BALANCE', type: 43 })).toMatchObject({ ok: true, balance: { amount: '110', currency: 'CNY' } });
  });

  it('is refused when no number is told', async () => {
    serve({ '/user/balance': { balance_infos: [] } });
    expect(await ask({ question: 'BALANCE', type: 43 })).toMatchObject({ ok: false, failure: 'bad_response_body' });
  });
});
