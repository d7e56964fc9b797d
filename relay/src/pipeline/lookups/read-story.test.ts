import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({ channels: [{ id: 12, baseUrl: far.url }] });
});
afterAll(async () => { await worker.close(); await far.close(); });

const ask = async (model: string): Promise<string> => {
  const answer = await fetch(`${worker.url}/v1/chat/completions`, { method: 'POST', headers: { authorization: keyOf('a') }, body: JSON.stringify({ model, messages: [{ role: 'user', content: 'secret words' }] }) });
  await answer.text();
  return answer.headers.get('x-oneapi-request-id') ?? '';
};
const story = async (id: string, headers: Record<string, string> = {}): Promise<string> => (await fetch(`${worker.url}/internal/trace/${id}`, { headers })).text();

it('tells a served request from its key to its settlement, without what was said', async () => {
  const id = await ask('gpt-4o');
  const text = await story(id);
  for (const part of [id, 'gpt-4o', '200', 'authenticate', 'token 1', 'reserve', 'channel 12', 'deliver', 'in 12', 'out 5', 'settle', 'usage upstream']) expect(text).toContain(part);
  expect(text).not.toMatch(/secret|aaaa|127\.0\.0\.1/);
  expect(await story(id.slice(-6))).toBe(text);
});

it('tells where a refused one ended', async () => {
  expect(await story(await ask('gpt-9'))).toMatch(/model_not_found[^]*receive/);
});

it('tells nothing to somebody behind a proxy, and nothing about a request that is not known', async () => {
  const id = await ask('gpt-4o');
  expect(await story(id, { 'x-forwarded-for': '203.0.113.9' })).toContain('Invalid URL');
  expect(await story('20260101000000zzzzzzzzz')).toContain('Invalid URL');
});
