/** What an operator says of families of models, seen by their providers (semantics 4.1, 4.2, 11.11). One worker, another picture for each case. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RelayModels } from '../../gql/types.gen.ts';
import { usualModels } from '../../models/model-settings.ts';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

const chat = '/v1/chat/completions', said = '/v1/messages';
const messages = [{ role: 'user', content: 'hi' }], contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
const named = ['claude-sonnet-4-5-thinking', 'claude-sonnet-4-5', 'claude-3-haiku', 'gemini-2.5-flash-thinking', 'gemini-2.5-flash-thinking-500', 'gemini-2.5-flash-nothinking', 'gemini-2.5-pro-nothinking', 'gemini-3-pro-high', 'gemini-2.5-flash', 'gemini-2.5-flash-image', 'gemini-1.0-pro', 'gpt-5-mini', 'gpt-5-mini-high'];
const isOf = (family: string): string[] => named.filter((model) => model.startsWith(family));
let far: FarEnd, worker: TestWorker;

const picture = (models: Partial<RelayModels> = {}): PictureData => ({
  settings: { models: { ...usualModels, ...models } },
  channels: [
    { id: 1, type: 1, baseUrl: far.url, models: isOf('gpt') }, { id: 14, type: 14, baseUrl: far.url, models: isOf('claude') }, { id: 24, type: 24, baseUrl: far.url, models: isOf('gemini') },
  ],
  prices: [...named.map((model) => ({ model })), { model: 'gemini-2.5-flash', modelRatio: 3_000_000 }, { model: 'gemini-2.5-flash-nothinking', modelRatio: 1_000_000 }],
});

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker(picture());
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

interface Sent { readonly path: string; readonly headers: Record<string, unknown>; readonly body: Record<string, unknown> }
async function sent(path: string, body: object, models?: Partial<RelayModels>): Promise<Sent> {
  worker.show(picture(models));
  const answer = await fetch(worker.url + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}`, 'anthropic-beta': 'own' }, body: JSON.stringify(body) });
  await answer.text();
  const seen = far.seen[0];
  return { path: seen?.path ?? '', headers: { ...seen?.headers }, body: JSON.parse(seen?.body ?? 'null') as Record<string, unknown> };
}
const claude = (own: Partial<RelayModels['claude']>): Partial<RelayModels> => ({ claude: { ...usualModels.claude, ...own } });
const gemini = (own: Partial<RelayModels['gemini']>): Partial<RelayModels> => ({ gemini: { ...usualModels.gemini, ...own } });
const on = gemini({ thinking: true });

describe('of Claude', () => {
  const thinking = { model: 'claude-sonnet-4-5-thinking', messages, max_tokens: 10_000 };
  it.each<{ name: string; path?: string; given: object; models?: Partial<RelayModels>; is: object }>([
    { name: 'the share for thoughts', given: thinking, models: claude({ thinkingShare: 500_000 }), is: { model: 'claude-sonnet-4-5', thinking: { type: 'enabled', budget_tokens: 5_000 } } },
    { name: 'the share for thoughts, converted', path: chat, given: thinking, models: claude({ thinkingShare: 500_000 }), is: { model: 'claude-sonnet-4-5', thinking: { type: 'enabled', budget_tokens: 5_000 } } },
    { name: 'that the ending means nothing', given: thinking, models: claude({ thinking: false }), is: { ...thinking } },
    { name: 'that one name means itself', given: thinking, models: { verbatim: ['claude-sonnet-4-5-thinking'] }, is: { ...thinking } },
    { name: 'the usual limit', path: chat, given: { model: 'claude-sonnet-4-5', messages }, is: { max_tokens: 8_192 } },
    { name: 'the limit of one model', path: chat, given: { model: 'claude-sonnet-4-5', messages }, models: claude({ limits: [{ name: 'default', count: 100 }, { name: 'claude-sonnet-4-5', count: 777 }] }), is: { max_tokens: 777 } },
    { name: 'no limit above what the model takes', path: chat, given: { model: 'claude-3-haiku', messages }, is: { max_tokens: 4_096 } },
    { name: 'the limit where bytes pass', given: { model: 'claude-sonnet-4-5', messages }, models: claude({ limits: [{ name: 'default', count: 100 }] }), is: { max_tokens: 100 } },
    { name: 'nothing of a limit that the client gave', given: { model: 'claude-sonnet-4-5', messages, max_tokens: 5 }, is: { max_tokens: 5 } },
    { name: 'the limit of the full name of which a share is thought', given: { model: 'claude-sonnet-4-5-thinking', messages }, models: claude({ limits: [{ name: 'claude-sonnet-4-5-thinking', count: 20_000 }] }), is: { max_tokens: 20_000, thinking: { type: 'enabled', budget_tokens: 16_000 } } },
  ])('says $name', async ({ path = said, given, models, is }) => expect((await sent(path, given, models)).body).toMatchObject(is));

  const headers = claude({ headers: [{ model: 'claude-sonnet-4-5', name: 'anthropic-beta', values: ['long', 'own'] }, { model: 'claude-sonnet-4-5', name: 'x-more', values: ['1'] }] });
  it.each([
    { name: 'behind those of the client', path: said, model: 'claude-sonnet-4-5', is: { 'anthropic-beta': 'own,long', 'x-more': '1' } },
    { name: 'to converted requests', path: chat, model: 'claude-sonnet-4-5', is: { 'anthropic-beta': 'long,own', 'x-more': '1' } },
    { name: 'by the name without its ending', path: chat, model: 'claude-sonnet-4-5-thinking', is: { 'anthropic-beta': 'long,own' } },
    { name: 'not to other models', path: said, model: 'claude-3-haiku', is: { 'anthropic-beta': 'own' } },
  ])('adds headers $name', async ({ path, model, is }) => expect((await sent(path, { model, messages, max_tokens: 2_000 }, headers)).headers).toMatchObject(is));
});

describe('of Gemini', () => {
  const pass = (model: string): string => `/v1beta/models/${model}:generateContent`;
  const config = (thinkingConfig: object, others: object = {}): object => ({ generationConfig: { ...others, thinkingConfig } });
  it.each<{ name: string; path: string; given: object; models?: Partial<RelayModels>; at?: string; is: object }>([
    { name: 'nothing of an ending while it is off', path: pass('gemini-2.5-flash-thinking'), given: { contents }, at: 'gemini-2.5-flash-thinking', is: { contents } },
    { name: 'a share of the limit', path: pass('gemini-2.5-flash-thinking'), given: { contents, generationConfig: { maxOutputTokens: 10_000, topK: 3 } }, models: on, at: 'gemini-2.5-flash', is: config({ thinkingBudget: 6_000, includeThoughts: true }, { maxOutputTokens: 10_000, topK: 3 }) },
    { name: 'thoughts without a budget where there is no limit', path: pass('gemini-2.5-flash-thinking'), given: { contents }, models: on, is: { contents, ...config({ includeThoughts: true }) } },
    { name: 'the budget that the name says', path: pass('gemini-2.5-flash-thinking-500'), given: { contents }, models: on, at: 'gemini-2.5-flash', is: config({ thinkingBudget: 500, includeThoughts: true }) },
    { name: 'no thoughts', path: pass('gemini-2.5-flash-nothinking'), given: { contents }, models: on, at: 'gemini-2.5-flash', is: config({ thinkingBudget: 0 }) },
    { name: 'as few thoughts as the model can have', path: pass('gemini-2.5-pro-nothinking'), given: { contents }, models: on, at: 'gemini-2.5-pro', is: config({ thinkingBudget: 128 }) },
    { name: 'a level', path: pass('gemini-3-pro-high'), given: { contents }, models: on, at: 'gemini-3-pro', is: config({ thinkingLevel: 'high', includeThoughts: true }) },
    { name: 'nothing beside what the client says of it', path: pass('gemini-2.5-flash-thinking'), given: { contents, generation_config: { thinking_config: { thinking_budget: 7 } } }, models: on, is: { contents, generation_config: { thinking_config: { thinking_budget: 7 } } } },
    { name: 'a share of the limit, converted', path: chat, given: { model: 'gemini-2.5-flash-thinking', messages, max_tokens: 10_000 }, models: on, at: 'gemini-2.5-flash', is: config({ thinkingBudget: 6_000, includeThoughts: true }) },
    { name: 'the thresholds', path: chat, given: { model: 'gemini-2.5-flash', messages }, models: gemini({ safety: [{ name: 'default', text: 'BLOCK_NONE' }, { name: 'HARM_CATEGORY_HARASSMENT', text: 'OFF' }] }), is: { safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }, { category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_NONE' }, { category: 'HARM_CATEGORY_SEXUALLY_EXPLICIT', threshold: 'BLOCK_NONE' }, { category: 'HARM_CATEGORY_DANGEROUS_CONTENT', threshold: 'BLOCK_NONE' }] } },
    { name: 'pictures to models that draw', path: chat, given: { model: 'gemini-2.5-flash-image', messages }, is: { generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } } },
    { name: 'pictures to those that are listed only', path: chat, given: { model: 'gemini-2.5-flash-image', messages, temperature: 1 }, models: gemini({ pictures: [] }), is: { generationConfig: { temperature: 1 } } },
    { name: 'the version of one model', path: chat, given: { model: 'gemini-1.0-pro', messages }, at: '/v1/models/gemini-1.0-pro:', is: {} },
    { name: 'the version of the others', path: chat, given: { model: 'gemini-2.5-flash', messages }, models: gemini({ versions: [{ name: 'default', text: 'v1alpha' }] }), at: '/v1alpha/models/gemini-2.5-flash:', is: {} },
    { name: 'the version that the client names', path: pass('gemini-1.0-pro'), given: { contents }, at: '/v1beta/models/gemini-1.0-pro:', is: {} },
  ])('says $name', async ({ path, given, models, at = '', is }) => {
    const { path: asked, body } = await sent(path, given, models);
    expect(asked).toContain(at);
    expect(body).toMatchObject(is);
  });

  const called = { model: 'gemini-3-pro-high', messages: [...messages, { role: 'assistant', content: null, tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 'c', content: 'r' }] };
  it.each([{ stands: true, is: 'skip_thought_signature_validator' }, { stands: false, is: undefined }])('stands in for a lost signature: $stands', async ({ stands, is }) => {
    const { body } = await sent(chat, called, gemini({ callSignatures: stands }));
    expect(JSON.stringify(body).includes('thoughtSignature')).toBe(is !== undefined);
  });

  it.each([
    { name: 'without thoughts, where it has one', given: { thinkingConfig: { thinkingBudget: 0 } }, models: on, is: 1_000_000 },
    { name: 'of the model, where it thinks', given: { thinkingConfig: { thinkingBudget: 10 } }, models: on, is: 3_000_000 },
    { name: 'of the model while endings mean nothing', given: { thinkingConfig: { thinkingBudget: 0 } }, models: {}, is: 3_000_000 },
  ])('is paid at the price $name', async ({ given, models, is }) => {
    await sent(pass('gemini-2.5-flash'), { contents, generationConfig: given }, models);
    expect(worker.books.entries[0]).toMatchObject({ admission: { price: { modelRatio: is } } });
  });
});

describe('of openai-chat that goes out as openai-responses', () => {
  const policy = (own: object): Partial<RelayModels> => ({ responses: { allChannels: true, channels: [], types: [], models: ['^gpt-5'], ...own } });
  it.each([
    { name: 'where the policy says so', models: policy({}), is: '/v1/responses' },
    { name: 'with what the ending of its name says', model: 'gpt-5-mini-high', models: policy({}), is: '/v1/responses' },
    { name: 'on the channels that it names', models: policy({ allChannels: false, channels: [1] }), is: '/v1/responses' },
    { name: 'and on no others', models: policy({ allChannels: false, channels: [2] }), is: chat },
    { name: 'and no other models', models: policy({ models: ['^o3'] }), is: chat },
    { name: 'and not where there is none', models: {}, is: chat },
  ])('goes $name', async ({ model = 'gpt-5-mini', models, is }) => {
    const { path, body } = await sent(chat, { model, messages, max_tokens: 100 }, models);
    expect(path).toBe(is);
    expect(body).toMatchObject(is === chat ? { messages } : { model: 'gpt-5-mini', max_output_tokens: 100, store: false, ...(model.endsWith('high') ? { reasoning: { effort: 'high' } } : {}) });
  });
});
