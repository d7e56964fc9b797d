import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chatAnswer, type FarEnd, type Script, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let first: FarEnd, second: FarEnd, worker: TestWorker;
const fine: Script = (_request, response) => sendJson(response, 200, chatAnswer());
const refuse = (status: number, message = 'no'): Script => (_request, response) => sendJson(response, status, JSON.stringify({ error: { message } }));

beforeAll(async () => { first = await startFarEnd(fine); second = await startFarEnd(fine); });
afterAll(async () => { await first.close(); await second.close(); });
beforeEach(async () => { worker = await startWorker({}); first.seen.length = second.seen.length = 0; first.answer(fine); second.answer(fine); return () => worker.close(); });

function show(data: PictureData, routing: object = {}): void {
  const usual = worker.relay.snapshots.current()!.settings.routing;
  worker.show({ users: [{ role: 10 }], ...data, settings: { retryTimes: 1, ...data.settings, routing: { ...usual, ...routing } } });
}

const ask = (headers: Record<string, string> = {}, body: object = {}, path = '/v1/chat/completions'): Promise<Response> => fetch(`${worker.url}${path}`, {
  method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, ...headers }, body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'x' }], ...body }),
});

it('a channel that failed five times in a row rests: the next requests go elsewhere at once', async () => {
  show({ channels: [{ id: 1, priority: 9, baseUrl: first.url }, { id: 2, baseUrl: second.url }] });
  first.answer(refuse(500));
  for (let index = 0; index < 8; index++) expect((await ask()).status).toBe(200);
  expect([first.seen.length, second.seen.length]).toEqual([5, 8]);
});

it('the only channel of a group is asked however often it failed', async () => {
  show({ settings: { retryTimes: 0 }, channels: [{ id: 1, baseUrl: first.url }] });
  first.answer(refuse(500));
  for (let index = 0; index < 7; index++) await ask();
  first.answer(fine);
  expect([(await ask()).status, first.seen.length]).toEqual([200, 8]);
});

it('one refused credential of several is told to the control plane, once; the others go on', async () => {
  show({ channels: [{ id: 1, baseUrl: first.url, credentialMode: 'POLLING', credentials: [{ id: 10, secret: 'bad' }, { id: 11, secret: 'good' }] }] }, { disableChannels: true });
  first.answer((request, response) => (request.headers.authorization === 'Bearer bad' ? refuse(401, 'revoked')(request, response, 0) : fine(request, response, 0)));
  for (let index = 0; index < 4; index++) expect((await ask()).status).toBe(200);
  expect(worker.reports).toEqual([{ channelId: 1, credentialId: 10, status: 401, reason: expect.stringContaining('revoked') as string, at: expect.any(Number) as number }]);
});

it.each([
  { name: 'a channel that must not be switched off', channel: { autoBan: false }, routing: { disableChannels: true } },
  { name: 'an instance that switches nothing off', channel: {}, routing: {} },
])('$name is not told', async ({ channel, routing }) => {
  show({ channels: [{ id: 1, baseUrl: first.url, ...channel }] }, routing);
  first.answer(refuse(401));
  expect((await ask()).status).toBe(502);
  expect(worker.reports).toEqual([]);
});

it('a request that one provider has nothing like goes to a channel that speaks the dialect of the client', async () => {
  show({ settings: { retryTimes: 0 }, prices: [{ model: 'gpt-4o' }], channels: [{ id: 1, priority: 9, baseUrl: first.url }, { id: 2, type: 14, baseUrl: second.url }] });
  second.answer((_request, response) => sendJson(response, 200, JSON.stringify({ id: 'm', type: 'message', role: 'assistant', model: 'gpt-4o', content: [{ type: 'text', text: 'hi' }], stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } })));
  const answer = await ask({ 'x-api-key': keyOf('a') }, { max_tokens: 5, container: 'c_1' }, '/v1/messages');
  expect([answer.status, first.seen.length, second.seen.length]).toEqual([200, 0, 1]);
  expect(worker.books.last?.ending?.attempts).toHaveLength(1);
});

it('an attempt that was sent and not answered is written down as one that may have been done', async () => {
  show({ channels: [{ id: 1, priority: 9, baseUrl: first.url }, { id: 2, baseUrl: second.url }] });
  first.answer((_request, response) => { response.destroy(); });
  await ask();
  first.answer(refuse(429));
  await ask();
  const [reset, refused] = worker.books.entries.map((entry) => entry.ending?.attempts[0]);
  expect([reset?.uncertain, refused?.uncertain]).toEqual([true, undefined]);
});

it('a request that came through four gateways like this one is refused', async () => {
  show({ channels: [{ id: 1, baseUrl: first.url }] });
  expect((await ask({ 'x-weir-hops': '3' })).status).toBe(200);
  expect(first.seen[0]?.headers['x-weir-hops']).toBe('4');
  const answer = await ask({ 'x-weir-hops': '4' });
  expect([answer.status, await answer.json()]).toMatchObject([508, { error: { code: 'loop_detected' } }]);
  expect(first.seen).toHaveLength(1);
});

it('a channel that leads back to its own relay ends in a refusal, not in a storm', async () => {
  show({ settings: { retryTimes: 0 }, channels: [{ id: 1, baseUrl: worker.url, credentials: [{ id: 10, secret: `sk-${keyOf('a')}` }] }] });
  expect((await ask()).status).toBe(508);
  expect(worker.books.entries.length).toBe(4);
});

it('an overloaded relay refuses early, and says when to come again', async () => {
  show({ channels: [{ id: 1, baseUrl: first.url }] });
  worker.load = 'memory';
  const answer = await ask();
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toMatchObject([503, '2', { error: { code: 'system_memory_overloaded' } }]);
  expect(worker.books.entries).toHaveLength(0);
  worker.load = 'fine';
  expect((await ask()).status).toBe(200);
});

it('sensitive words are refused before anything is asked or charged, and written down', async () => {
  const { guards } = worker.relay.snapshots.current()!.settings;
  show({ settings: { guards: { ...guards, sensitiveWords: ['Forbidden'] } }, channels: [{ id: 1, baseUrl: first.url }] });
  const answer = await ask({}, { messages: [{ role: 'user', content: 'say forbidden' }] });
  expect([answer.status, await answer.json(), first.seen.length]).toMatchObject([400, { error: { code: 'sensitive_words_detected' } }, 0]);
  expect(worker.books.last).toMatchObject({ outcome: 'noted', ending: { failure: 'sensitive_words_detected' } });
  expect((await ask()).status).toBe(200);
});

it('a user makes as many requests as the group may; what fails counts only as a request', async () => {
  const { guards } = worker.relay.snapshots.current()!.settings;
  const limits = (total: number, success: number) => show({ settings: { retryTimes: 0, guards: { ...guards, modelLimits: [{ group: 'default', total, success }], modelLimitMinutes: 60 } }, channels: [{ id: 1, baseUrl: first.url }] });
  limits(0, 2);
  first.answer(refuse(500));
  expect([(await ask()).status, (await ask({}, { model: 'none' })).status]).toEqual([500, 503]);
  first.answer(fine);
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
  limits(5, 0);
  expect((await ask()).status).toBe(200);
  const answer = await ask();
  expect([answer.status, await answer.json()]).toMatchObject([429, { error: { code: 'rate_limit_exceeded', message: expect.stringMatching(/limit of 5 requests in 60 minutes/) as string } }]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('a conversation meets its channel again, and a failure there is not repeated elsewhere when the rule says so', async () => {
  const rules = [{ name: 'r', key_sources: [{ type: 'gjson', path: 'user' }], skip_retry_on_failure: true }];
  const affinity = JSON.stringify({ switch_on_success: true, keep_on_channel_disabled: false, max_entries: 9, default_ttl_seconds: 60, rules });
  const show2 = (firstPriority: number) => show({ channels: [{ id: 1, priority: firstPriority, baseUrl: first.url }, { id: 2, priority: 5, baseUrl: second.url }] }, { affinity });
  show2(9);
  expect((await ask({}, { user: 'ann' })).status).toBe(200);
  show2(0);
  expect([(await ask({}, { user: 'ann' })).status, (await ask({}, { user: 'bob' })).status, first.seen.length, second.seen.length]).toEqual([200, 200, 2, 1]);
  first.answer(refuse(500));
  expect([(await ask({}, { user: 'ann' })).status, first.seen.length, second.seen.length]).toEqual([500, 3, 1]);
});
