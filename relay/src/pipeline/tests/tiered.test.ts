import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
const text = 'param("service_tier") == "priority" ? tier("fast", p * 2 + c * 8) : tier("usual", p + c * 4) ||| when(header("x-plan") == "double") * 2';
const tiered = { mode: 'TIERED', modelRatio: 0 } as const, sha256 = 'ab'.repeat(32);

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, JSON.stringify({ id: 'c', object: 'chat.completion', model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 } })));
  worker = await startWorker({
    channels: [{ id: 1, baseUrl: far.url, models: ['m', 'broken'] }],
    prices: [{ model: 'm', ...tiered, expression: { text, sha256 } }, { model: 'broken', ...tiered, expression: { text: 'p / 0', sha256 } }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });

const post = (model: string, more: object = {}, headers: Record<string, string> = {}): Promise<Response> => fetch(`${worker.url}/v1/chat/completions`, {
  method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}`, ...headers },
  body: JSON.stringify({ model, max_tokens: 1_000, messages: [{ role: 'user', content: 'hello' }], ...more }),
});

it('fixes expression, request and group at admission, with the limit of output in the hold', async () => {
  expect((await post('m', { service_tier: 'priority' }, { 'X-Plan': 'double' })).status).toBe(200);
  const { admission } = worker.books.last!;
  expect(admission.price).toMatchObject({ mode: 'TIERED', quotaPerUnit: 500_000, rule: { text, sha256, facts: { params: { service_tier: 'priority' }, headers: { 'x-plan': 'double' } }, held: { tier: 'fast' } } });
  expect(admission.hold).toBe((admission.estimatedInput ?? 0) * 2 + 8_000);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 100, output: 50 } } });
});

it('takes the other tier where the request says nothing', async () => {
  expect((await post('m')).status).toBe(200);
  expect(worker.books.last?.admission.price?.rule?.held.tier).toBe('usual');
});

it('refuses a request whose price cannot be computed, before anything is sent', async () => {
  far.seen.length = 0;
  const answer = await post('broken');
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'model_price_error', message: expect.stringContaining('at character 1') as string } }]);
  expect(far.seen).toHaveLength(0);
});
