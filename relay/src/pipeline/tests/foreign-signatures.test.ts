/** A conversation that moves between houses of one dialect, whose bytes pass (dialects 3). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
const mine = 'm'.repeat(64), other = 'o'.repeat(64);

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({ channels: [{ id: 1, type: 14, baseUrl: far.url, models: ['claude'] }, { id: 2, type: 43, baseUrl: far.url, models: ['deepseek-chat'] }, { id: 3, type: 24, baseUrl: far.url, models: ['gemini-3-pro'] }], prices: [{ model: 'gemini-3-pro' }, { model: 'claude' }, { model: 'deepseek-chat' }] });
});
afterAll(async () => { await worker.close(); await far.close(); });

const post = async (body: object): Promise<string> => {
  const answer = await fetch(`${worker.url}/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': keyOf('a') }, body: JSON.stringify({ max_tokens: 9, ...body }) });
  return answer.text();
};
const thought = (signature: string): object => ({ type: 'thinking', thinking: 'hm', signature });
const whole = (signature: string): string => JSON.stringify({ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [thought(signature), { type: 'text', text: 'a' }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } });
const event = (data: { type: string }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const streamed = (signature: string): string[] => [
  { type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [], usage: { input_tokens: 1, output_tokens: 0 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }, { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature } }, { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 1 } }, { type: 'message_stop' },
].map(event);

it('loses what its next house did not sign, and nothing else', async () => {
  const ask = [{ role: 'user', content: 'hi' }];
  far.answer((_request, response) => sendJson(response, 200, whole(other)));
  await post({ model: 'deepseek-chat', messages: ask });
  far.answer((_request, response) => sendStream(response, streamed(mine)));
  await post({ model: 'claude', messages: ask, stream: true });
  far.answer((_request, response) => sendJson(response, 200, whole(mine)));
  const said = { type: 'text', text: 'a' }, unknown = thought('u'.repeat(64));
  const messages = [...ask, { role: 'assistant', content: [thought(other), said] }, ...ask, { role: 'assistant', content: [thought(mine), unknown, said] }, ...ask];
  for (const [model, first, second] of [['claude', [said], [thought(mine), unknown, said]], ['deepseek-chat', [thought(other), said], [unknown, said]]] as const) {
    await post({ model, messages });
    expect(JSON.parse(far.seen.at(-1)!.body)).toMatchObject({ messages: [ask[0], { content: first }, ask[0], { content: second }, ask[0]] });
  }
});

it('knows what a list of Gemini signed, when its call comes back to another house', async () => {
  const answer = { candidates: [{ content: { role: 'model', parts: [{ functionCall: { name: 'f', args: {} }, thoughtSignature: mine }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 } };
  far.answer((_request, response) => sendJson(response, 200, JSON.stringify([answer])));
  const list = await fetch(`${worker.url}/v1beta/models/gemini-3-pro:streamGenerateContent`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-goog-api-key': keyOf('a') }, body: JSON.stringify({ contents: [{ parts: [{ text: 'hi' }] }] }) });
  expect(await list.json()).toEqual([answer]);
  const { signatures } = worker.relay.thoughts, body = Buffer.from(JSON.stringify({ thoughtSignature: mine }));
  await eventually(() => expect(signatures.foreignTo('another', body)).toEqual([body.indexOf(mine)]));
});
