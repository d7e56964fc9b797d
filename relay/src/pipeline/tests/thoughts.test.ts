/** A client that does not give thoughts back still continues a conversation with a model that wants them (dialects 4.7). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  const content = [{ type: 'thinking', thinking: 'hm', signature: 'S' }, { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }];
  far = await startFarEnd((_request, response) => sendJson(response, 200, JSON.stringify({ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', content, stop_reason: 'tool_use', usage: { input_tokens: 1, output_tokens: 1 } })));
  worker = await startWorker({ channels: [{ id: 1, type: 14, baseUrl: far.url, models: ['claude-sonnet-4-5'] }], prices: [{ model: 'claude-sonnet-4-5' }] });
});
afterAll(async () => { await worker.close(); await far.close(); });

const question = { role: 'user', content: 'hi' };
const ask = async (messages: object[]): Promise<unknown> => {
  const answer = await fetch(`${worker.url}/v1/chat/completions`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` },
    body: JSON.stringify({ model: 'claude-sonnet-4-5', reasoning_effort: 'low', messages, tools: [{ type: 'function', function: { name: 'f' } }] }),
  });
  return answer.json();
};

it('restores what the model signed, in front of the call that it led to', async () => {
  await ask([question]);
  await ask([question, { role: 'assistant', content: null, tool_calls: [{ id: 'toolu_1', type: 'function', function: { name: 'f', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 'toolu_1', content: 'r' }]);
  expect(JSON.parse(far.seen[1]?.body ?? '')).toMatchObject({
    thinking: { type: 'enabled' }, messages: [question, { role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: 'S' }, { type: 'tool_use', id: 'toolu_1' }] }, {}],
  });
});
