/** What is charged beside tokens, and what is asked for where nothing is charged (semantics 1.5 to 1.7). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RelayModels, RelaySettings } from '../../gql/types.gen.ts';
import { usualModels } from '../../models/model-settings.ts';
import { chargeOf } from '../../quota/charge.ts';
import type { Admission } from '../../quota/reservation.ts';
import { toUsageEvent } from '../../usage/usage-event.ts';
import { chatAnswer, type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
const messages = [{ role: 'user', content: 'hi' }], contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
const pictureOf = (settings: Partial<RelaySettings> = {}): PictureData => ({
  settings,
  channels: [{ id: 1, type: 1, baseUrl: far.url, models: ['gpt-5', 'free'] }, { id: 24, type: 24, baseUrl: far.url, models: ['gemini-3-flash'] }, { id: 48, type: 48, baseUrl: far.url, models: ['grok-4'] }, { id: 14, type: 14, baseUrl: far.url, models: ['claude'] }],
  prices: [{ model: 'gpt-5' }, { model: 'gemini-3-flash' }, { model: 'grok-4' }, { model: 'free', modelRatio: 0 }, { model: 'claude', modelRatio: 1_000_000 }, { model: 'claude-big', modelRatio: 5_000_000, completionRatio: 5_000_000 }],
});
const models = (own: Partial<RelayModels>): Partial<RelaySettings> => ({ models: { ...usualModels, ...own } });

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker(pictureOf());
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

async function post(path: string, body: object, settings?: Partial<RelaySettings>): Promise<{ status: number; text: string }> {
  worker.show(pictureOf(settings));
  const answer = await fetch(worker.url + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify(body) });
  return { status: answer.status, text: await answer.text() };
}
const charge = (): ReturnType<typeof chargeOf> => chargeOf(worker.books.last!.admission as Admission, worker.books.last!.ending!);
const lines = (): readonly { name: string; tokens: number }[] => charge().frozen.lines;

describe('searches with Google', () => {
  const chunk = (more: object): string => `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'a' }] }, ...more }], usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1, totalTokenCount: 4 } })}\r\n\r\n`;
  const grounded = { finishReason: 'STOP', groundingMetadata: { webSearchQueries: ['a', 'b'] } };
  it.each([
    { name: 'in an answer that passes', path: '/v1beta/models/gemini-3-flash:generateContent', body: { contents }, stream: false },
    { name: 'in a stream that passes', path: '/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse', body: { contents }, stream: true },
    { name: 'in a converted answer', path: '/v1/chat/completions', body: { model: 'gemini-3-flash', messages }, stream: false },
    { name: 'in a converted stream', path: '/v1/chat/completions', body: { model: 'gemini-3-flash', messages, stream: true }, stream: true },
  ])('are paid $name', async ({ path, body, stream }) => {
    far.answer((_request, response) => (stream ? sendStream(response, [chunk({}), chunk(grounded)]) : sendJson(response, 200, chunk(grounded).slice(6))));
    expect((await post(path, body)).status).toBe(200);
    expect(lines()).toContainEqual({ name: 'google_search', tokens: 2, ratio: 7_000_000_000 });
    // What a crash would charge before that is written.
    if (stream) expect(worker.books.last?.kept).toMatchObject({ tools: [{ name: 'google_search', calls: 2 }] });
  });

  it('cost what the operator says', async () => {
    far.answer((_request, response) => sendJson(response, 200, chunk(grounded).slice(6)));
    await post('/v1beta/models/gemini-3-flash:generateContent', { contents }, models({ toolPrices: [{ name: 'google_search:gemini-3*', price: 0 }] }));
    expect(lines().map(({ name }) => name)).not.toContain('google_search');
  });
});

describe('advice of another model', () => {
  const usage = { input_tokens: 10, output_tokens: 5, iterations: [{ type: 'message', input_tokens: 10, output_tokens: 5 }, { type: 'advisor_message', model: 'claude-big', input_tokens: 100, output_tokens: 20 }] };
  const event = (data: { type: string }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  const answer = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [{ type: 'text', text: 'a' }], stop_reason: 'end_turn', stop_sequence: null, usage };
  const stream = [
    { type: 'message_start', message: { ...answer, content: [], usage: { input_tokens: 10, output_tokens: 1 } } }, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } }, { type: 'content_block_stop', index: 0 }, { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage }, { type: 'message_stop' },
  ].map(event);
  it.each(['/v1/messages', '/v1/chat/completions'].flatMap((path) => [true, false].map((streamed) => ({ path, streamed }))))('is paid at its own price, and in no total: $path, stream $streamed', async ({ path, streamed }) => {
    far.answer((_request, response) => (streamed ? sendStream(response, stream) : sendJson(response, 200, JSON.stringify(answer))));
    const { status } = await post(path, { model: 'claude', max_tokens: 99, stream: streamed, messages });
    expect(status).toBe(200);
    expect(charge().frozen.lines).toEqual([{ name: 'input', tokens: 10, ratio: 1_000_000 }, { name: 'output', tokens: 5, ratio: expect.any(Number) as number }, { name: 'advisor:claude-big', tokens: 1, ratio: (100 + 20 * 5) * 5_000_000 }]);
    expect(worker.books.last?.ending?.tokens).toMatchObject({ input: 10, output: 5 });
    if (streamed) expect(worker.books.last?.kept).toMatchObject({ tokens: { input: 10 }, advice: [{ model: 'claude-big' }] });
  });
});

it('sources of xAI are paid where the operator gives them a price', async () => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, num_sources_used: 3 })));
  await post('/v1/chat/completions', { model: 'grok-4', messages });
  expect(lines().map(({ name }) => name)).not.toContain('live_search');
  await post('/v1/chat/completions', { model: 'grok-4', messages }, models({ toolPrices: [{ name: 'live_search', price: 25_000_000 }] }));
  expect(lines()).toContainEqual({ name: 'live_search', tokens: 3, ratio: 12_500_000_000 });
});

describe('a violation that xAI charges for', () => {
  const refuse = (): void => far.answer((_request, response) => sendJson(response, 403, JSON.stringify({ code: 'forbidden', error: 'Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_CSAM' })));
  it.each([{ fee: 50_000, outcome: 'settled' }, { fee: 0, outcome: 'released' }])('is $outcome at a fee of $fee, and not tried again', async ({ fee, outcome }) => {
    refuse();
    const { status, text } = await post('/v1/chat/completions', { model: 'grok-4', messages }, { ...models({ violationFee: fee }), retryTimes: 3 });
    expect([status, text]).toEqual([403, expect.stringContaining('violates usage guidelines')]);
    expect(far.seen).toHaveLength(1);
    expect(worker.books.last).toMatchObject({ outcome });
    if (fee > 0) expect(charge()).toMatchObject({ amount: 25_000, frozen: { mode: 'PER_CALL', lines: [{ name: 'violation', tokens: 1, ratio: 50_000 }] } });
  });
});

it.each([
  { name: 'asks an account all the same', settings: {}, model: 'free', is: undefined },
  { name: 'asks none where the operator says so', settings: { freeNeedsBalance: false }, model: 'free', is: true },
  { name: 'asks one where it is not free', settings: { freeNeedsBalance: false }, model: 'gpt-5', is: undefined },
])('a request that costs nothing $name', async ({ settings, model, is }) => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
  expect((await post('/v1/chat/completions', { model, messages }, settings)).status).toBe(200);
  expect(worker.books.last?.admission.unasked).toBe(is);
});

it.each([
  { name: 'that the group has for the group of the user', ratios: [{ userGroup: 'default', ratio: 500_000 }], is: true },
  { name: 'of the group', ratios: [], is: undefined },
])('the record says whether the ratio is one $name', async ({ ratios, is }) => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
  worker.show({ ...pictureOf(), groups: [{ ratios }] });
  await (await fetch(`${worker.url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify({ model: 'gpt-5', messages }) })).text();
  const { admission, ending } = worker.books.last!;
  expect(toUsageEvent(admission as Admission, ending!, { outcome: 'SETTLED', price: charge().frozen, hold: 0, amount: 0, platformLoss: 0, draws: [] }).price?.special).toBe(is);
});

it.each([{ role: 1, says: 'Ask the operator' }, { role: 10, says: 'Set one among the prices' }])('a model without a price tells a user of role $role: $says', async ({ role, says }) => {
  worker.show({ ...pictureOf(), prices: [], users: [{ role }] });
  const answer = await fetch(`${worker.url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify({ model: 'gpt-5', messages }) });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(says)]);
});

it('goes on without a sensitive word where the operator does not want it stopped', async () => {
  const { settings } = worker.relay.snapshots.current()!;
  const { status } = await post('/v1/chat/completions', { model: 'gpt-5', messages: [{ role: 'user', content: 'so Forbidden' }] }, { guards: { ...settings.guards, sensitiveWords: ['forbidden'], stopOnSensitive: false } });
  expect(status).toBe(200);
  expect(JSON.parse(far.seen[0]!.body)).toEqual({ model: 'gpt-5', messages: [{ role: 'user', content: 'so *********' }] });
});
