/** Models whose names switch reasoning, passed through and converted (semantics 4.2). */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
const openai = ['gpt-5-mini-high', 'o3-low', 'gpt-5-none', 'gpt-4o-high'], claude = ['claude-sonnet-4-5-thinking', 'claude-opus-4-6-max', 'claude-opus-4-8-thinking', 'claude-haiku-4-5-max'];

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({
    channels: [{ id: 1, type: 1, baseUrl: far.url, models: openai }, { id: 2, type: 14, baseUrl: far.url, models: claude }, { id: 3, type: 43, baseUrl: far.url, models: ['deepseek-v4-none', 'deepseek-chat-max'] }],
    prices: [{ model: 'gpt-5-mini', modelRatio: 3_000_000 }, ...[...openai.slice(1), ...claude, 'deepseek-v4-none', 'deepseek-chat-max'].map((model) => ({ model }))],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; });

async function sent(path: string, body: object): Promise<unknown> {
  await fetch(worker.url + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify(body) });
  return JSON.parse(far.seen[0]?.body ?? 'null');
}

const messages = [{ role: 'user', content: 'hi' }];

it.each<{ model: string; is: object }>([
  { model: 'gpt-5-mini-high', is: { model: 'gpt-5-mini', reasoning_effort: 'high' } }, { model: 'o3-low', is: { model: 'o3', reasoning_effort: 'low' } }, { model: 'gpt-5-none', is: { model: 'gpt-5', reasoning_effort: 'none' } },
  { model: 'gpt-4o-high', is: { model: 'gpt-4o-high' } }, { model: 'deepseek-v4-none', is: { model: 'deepseek-v4', reasoning_effort: 'none' } }, { model: 'deepseek-chat-max', is: { model: 'deepseek-chat-max' } },
])('$model passes with what its name says', async ({ model, is }) => {
  expect(await sent('/v1/chat/completions', { model, messages })).toEqual({ messages, ...is });
  expect(worker.books.last?.ending?.attempts[0]?.effort).toBe('reasoning_effort' in is ? is.reasoning_effort : undefined);
});

it.each<{ model: string; given: object; is: object }>([
  { model: 'o3-low', given: { max_tokens: 50, temperature: 0.5, top_p: 0.9 }, is: { max_completion_tokens: 50, top_p: 0.9 } },
  { model: 'gpt-5-mini-high', given: { max_completion_tokens: 40, max_tokens: 50, temperature: 1, top_p: 1, logprobs: true }, is: { max_completion_tokens: 40 } },
])('$model passes without what its model refuses', async ({ model, given, is }) => {
  const { model: _, reasoning_effort: __, ...rest } = await sent('/v1/chat/completions', { model, messages: [{ role: 'system', content: 's' }, ...messages], ...given }) as { model: string; reasoning_effort: string };
  expect(rest).toEqual({ messages: [{ role: 'developer', content: 's' }, ...messages], ...is });
});

it('says it to openai-responses beside what the client said', async () => {
  expect(await sent('/v1/responses', { model: 'o3-low', input: 'hi', reasoning: { summary: 'auto' } })).toEqual({ model: 'o3', input: 'hi', reasoning: { summary: 'auto', effort: 'low' } });
});

it.each<{ name: string; given: object; is: object }>([
  { name: 'a budget of four fifths', given: { model: 'claude-sonnet-4-5-thinking', max_tokens: 10_000, temperature: 0.5, top_p: 0.9 }, is: { model: 'claude-sonnet-4-5', max_tokens: 10_000, thinking: { type: 'enabled', budget_tokens: 8_000 }, temperature: 1 } },
  { name: 'room for thoughts', given: { model: 'claude-sonnet-4-5-thinking', max_tokens: 100 }, is: { model: 'claude-sonnet-4-5', max_tokens: 1_280, thinking: { type: 'enabled', budget_tokens: 1_024 } } },
  { name: 'thoughts as the newest have them', given: { model: 'claude-opus-4-8-thinking', max_tokens: 100 }, is: { model: 'claude-opus-4-8', max_tokens: 100, thinking: { type: 'adaptive' } } },
  { name: 'an effort', given: { model: 'claude-opus-4-6-max', max_tokens: 100 }, is: { model: 'claude-opus-4-6', max_tokens: 100, thinking: { type: 'adaptive' }, output_config: { effort: 'max' } } },
  { name: 'nothing where a name only looks so', given: { model: 'claude-haiku-4-5-max', max_tokens: 100 }, is: { model: 'claude-haiku-4-5-max', max_tokens: 100 } },
])('anthropic-messages gets $name', async ({ given, is }) => expect(await sent('/v1/messages', { messages, ...given })).toEqual({ messages, ...is }));

it('is said in the words of another dialect too', async () => {
  expect(await sent('/v1/chat/completions', { model: 'claude-sonnet-4-5-thinking', messages, max_tokens: 10_000 })).toMatchObject({ model: 'claude-sonnet-4-5', thinking: { type: 'enabled', budget_tokens: 8_000 } });
});

it('is priced by its own name, else by the one without the ending', () => {
  expect(worker.books.entries[0]).toMatchObject({ admission: { model: 'gpt-5-mini-high', price: { modelRatio: 3_000_000 } } });
});
