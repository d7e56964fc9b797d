import type Anthropic from '@anthropic-ai/sdk';
import type { GoogleGenAI } from '@google/genai';
import type OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit, Books } from '../../harness/books.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { anthropicClient, googleClient, openaiClient } from '../../harness/official-clients.ts';
import { addChannel, makeToken, setUp } from '../../harness/steps.ts';
import { subscribe, type Subscription } from '../../harness/subscription.ts';
import { until } from '../../harness/until.ts';

interface LiveRow { model: string; quota: string; promptTokens: number; completionTokens: number; channelName: string; stream: boolean }
type Tail = { logTail: { __typename: string; logs?: LiveRow[] } };

/** 1,000 input and 200 output tokens by order. gpt-4o: (1000 + 200 × 4) × 1.25; claude-sonnet-4: (1000 + 200 × 5) × 1.5; deepseek-chat: (1000 + 200 × 1.5) × 0.14; gemini-2.5-flash: (1000 + 200 × 8⅓) × 0.15. */
const chatModel = { name: 'gpt-4o', quota: 2_250 }, claudeModel = { name: 'claude-sonnet-4', quota: 3_000 }, deepseekModel = { name: 'deepseek-chat', quota: 182 },
  geminiModel = { name: 'gemini-2.5-flash', quota: 400 };
const mapped = (model: string): string => JSON.stringify({ [model]: `${model}+input:1000+output:200` });

let house: House, root: ControlClient, books: Books, openai: OpenAI, anthropic: Anthropic, google: GoogleGenAI, tail: Subscription<Tail>, spent = 0;

beforeAll(async () => {
  house = await openHouse();
  root = await setUp(house);
  books = new Books(house.services.databaseUrl);
  await addChannel(root, { name: 'chat', type: 1, baseUrl: house.mock.url, models: [chatModel.name], modelMapping: mapped(chatModel.name) });
  await addChannel(root, { name: 'messages', type: 14, baseUrl: house.mock.url, models: [claudeModel.name], modelMapping: mapped(claudeModel.name) });
  await addChannel(root, { name: 'deepseek', type: 43, baseUrl: house.mock.url, models: [deepseekModel.name], modelMapping: mapped(deepseekModel.name) });
  await addChannel(root, { name: 'gemini', type: 24, baseUrl: house.mock.url, models: [geminiModel.name], modelMapping: mapped(geminiModel.name) });
  const { key } = await makeToken(root, { name: 'laptop', unlimited: true });
  openai = openaiClient(house.relay.url, key);
  anthropic = anthropicClient(house.relay.url, key);
  google = googleClient(house.relay.url, key);
  tail = subscribe<Tail>(root, `subscription { logTail(scope: ANY) { __typename ... on LogBatch { logs { model quota promptTokens completionTokens channelName stream } } } }`);
  await tail.connected;
  await until('the relay knows the token', 3_000, async () => (await openai.models.list()).data.length > 0);
});

afterAll(async () => {
  tail?.close();
  await house?.close();
});

const live = (): LiveRow[] => tail.received.flatMap((event) => event.logTail.logs ?? []);

async function overChat(model: string, stream: boolean): Promise<string> {
  const request = { model, messages: [{ role: 'user' as const, content: 'one request' }] };
  if (!stream) return (await openai.chat.completions.create(request)).choices[0]!.message.content!;
  let text = '';
  for await (const chunk of await openai.chat.completions.create({ ...request, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

/** The stream goes through the library's own accumulator, which is strict about order and numbers. */
async function overResponses(model: string, stream: boolean): Promise<string> {
  const request = { model, input: 'one request' };
  if (!stream) return (await openai.responses.create(request)).output_text;
  let text = '';
  const events = openai.responses.stream(request).on('response.output_text.delta', ({ delta }) => { text += delta; });
  expect(await events.finalResponse()).toMatchObject({ status: 'completed', usage: { input_tokens: 1_000, output_tokens: 200, total_tokens: 1_200 } });
  return text;
}

async function overMessages(model: string, stream: boolean): Promise<string> {
  const request = { model, max_tokens: 300, messages: [{ role: 'user' as const, content: 'one request' }] };
  const message = stream ? await anthropic.messages.stream(request).finalMessage() : await anthropic.messages.create(request);
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

async function overGemini(model: string, stream: boolean): Promise<string> {
  const request = { model, contents: 'one request' };
  if (!stream) return (await google.models.generateContent(request)).text!;
  let text = '';
  for await (const chunk of await google.models.generateContentStream(request)) text += chunk.text ?? '';
  return text;
}

it.each([
  { client: 'openai', upstream: 'openai', ask: overChat, model: chatModel },
  { client: 'openai', upstream: 'anthropic', ask: overChat, model: claudeModel },
  { client: 'openai (responses)', upstream: 'openai', ask: overResponses, model: chatModel },
  { client: 'openai (responses)', upstream: 'anthropic', ask: overResponses, model: claudeModel },
  { client: 'openai (responses)', upstream: 'deepseek', ask: overResponses, model: deepseekModel },
  { client: 'anthropic', upstream: 'anthropic', ask: overMessages, model: claudeModel },
  { client: 'anthropic', upstream: 'openai', ask: overMessages, model: chatModel },
  { client: 'google', upstream: 'gemini', ask: overGemini, model: geminiModel },
  { client: 'google', upstream: 'openai', ask: overGemini, model: chatModel },
  { client: 'google', upstream: 'anthropic', ask: overGemini, model: claudeModel },
  { client: 'openai', upstream: 'gemini', ask: overChat, model: geminiModel },
  { client: 'openai (responses)', upstream: 'gemini', ask: overResponses, model: geminiModel },
  { client: 'anthropic', upstream: 'gemini', ask: overMessages, model: geminiModel },
].flatMap((pair) => [{ ...pair, stream: false }, { ...pair, stream: true }]))('$client SDK to an $upstream channel, stream $stream: answer, live row, exact charge', async ({ ask, model, stream }) => {
  const before = live().length;
  expect(await ask(model.name, stream)).toBe('Echo: one request café 世界 🙂');
  const row = await until('the row in the live log', 5_000, () => live()[before]);
  expect(row).toMatchObject({ model: model.name, quota: String(model.quota), promptTokens: 1_000, completionTokens: 200, stream });
  expect(live()).toHaveLength(before + 1);
  spent += model.quota;
});

it('leaves a balance that equals the ledger, and nothing lent that is not open', async () => {
  const { balance, entries } = await books.account('user:1');
  expect(balance).toBe(entries);
  const charges = (await books.log()).reduce((sum, row) => sum + row.quota, 0);
  expect([charges, spent]).toEqual([spent, 8 * (2_250 + 3_000) + 2 * 182 + 8 * geminiModel.quota]);
});

it('passes the auditor', async () => {
  expect(await audit(house.environment)).toMatchObject({ code: 0 });
});
