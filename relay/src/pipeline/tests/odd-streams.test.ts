/** Streams of providers in words that are nearly those of Chat Completions, for a client of another dialect. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readEndpointUsage } from '../../endpoints/endpoint-usage.ts';
import { mistral } from '../../providers/mistral.ts';
import { type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({
    settings: { retryTimes: 0 }, channels: [{ id: 1, type: 35, baseUrl: far.url, models: ['MiniMax-M2'] }], prices: [{ model: 'MiniMax-M2' }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { worker.books.entries.length = 0; });

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const delta = (more: object, finish: string | null = null): string => event({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'MiniMax-M2', choices: [{ index: 0, delta: more, finish_reason: finish }] });
const thought = (text: string): string => delta({ reasoning_details: [{ type: 'reasoning.text', id: 'r', index: 0, text }] });
interface Part { text?: string; thought?: boolean }
async function ask(events: string[]): Promise<{ status: number; thoughts: string; said: string }> {
  far.answer((_request, response) => sendStream(response, events));
  const answer = await fetch(`${worker.url}/v1beta/models/MiniMax-M2:streamGenerateContent?alt=sse`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-goog-api-key': keyOf('a') }, body: JSON.stringify({ contents: [{ parts: [{ text: 'hi' }] }], generationConfig: { thinkingConfig: { includeThoughts: true } } }) });
  const text = await answer.text(), chunks = text.split('\r\n\r\n').filter((each) => each.startsWith('data: ')).map((each) => JSON.parse(each.slice(6)) as { candidates?: { content?: { parts?: Part[] } }[] });
  const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []), of = (thought: boolean): string => parts.filter((part) => (part.thought ?? false) === thought).map((part) => part.text ?? '').join('');
  return { status: answer.status, thoughts: of(true), said: of(false) };
}

const rest = [delta({ content: 'Hello' }), event({ id: 'c', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello', reasoning_details: [{ type: 'reasoning.text', text: 'The user greets.' }] } }], usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 }, base_resp: { status_code: 0, status_msg: '' } }), 'data: [DONE]\n\n'];

it.each([
  { name: 'bit by bit', thoughts: ['The ', 'user', ' greets.'] },
  { name: 'whole each time', thoughts: ['The ', 'The user', 'The user greets.'] },
])('MiniMax tells its thoughts $name, and its last event says nothing new', async ({ thoughts }) => {
  expect(await ask([...thoughts.map(thought), ...rest])).toEqual({ status: 200, thoughts: 'The user greets.', said: 'Hello' });
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 3, output: 5 } } });
});

it('a first event without choices says why, and costs nothing', async () => {
  const { status } = await ask([event({ id: 'c', object: 'chat.completion.chunk', choices: null, base_resp: { status_code: 1002, status_msg: 'rate limit' } })]);
  expect(status).toBe(429);
  expect(worker.books.last).toMatchObject({ outcome: 'released' });
});

it('Mistral counts sound in seconds, beside the tokens of its transcript', () => {
  const usage = { prompt_audio_seconds: 60, prompt_tokens: 4, completion_tokens: 11, total_tokens: 635 };
  expect(readEndpointUsage((name) => (name === 'usage' ? usage : undefined), mistral.serves?.transcriptions?.readUsage)).toMatchObject({ input: 1_004, output: 11 });
});
