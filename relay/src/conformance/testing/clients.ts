/** Official clients, set up as a customer would for this gateway or for the provider itself. Each asks one thing and gives back all that it was told. */
import Anthropic from '@anthropic-ai/sdk';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { GoogleGenAI } from '@google/genai';
import { generateText, streamText, type LanguageModel } from 'ai';
import OpenAI from 'openai';
import type { DialectName } from '../../dialects/dialect.ts';

export interface Place { url: string; key: string }
export interface Ask { model: string; stream: boolean }
export interface Told { answer: unknown; text: string; calls: { name: string; arguments: string }[] }

export interface Client {
  readonly name: string;
  readonly dialect: DialectName;
  ask(place: Place, ask: Ask): Promise<Told>;
}

const question = 'What about it?';
const tool = { name: 'weather', description: 'The weather', schema: { type: 'object' as const, properties: { location: { type: 'string' } } } };

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const openai = ({ url, key }: Place): OpenAI => new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });

async function overChat(place: Place, { model, stream }: Ask): Promise<Told> {
  const request = { model, messages: [{ role: 'user' as const, content: question }], tools: [{ type: 'function' as const, function: { name: tool.name, parameters: tool.schema } }] };
  if (!stream) {
    const answer = await openai(place).chat.completions.create(request);
    const message = answer.choices[0]?.message;
    return { answer, text: message?.content ?? '', calls: (message?.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [{ name: call.function.name, arguments: call.function.arguments }] : [])) };
  }
  const chunks = await all(await openai(place).chat.completions.create({ ...request, stream: true, stream_options: { include_usage: true } }));
  const calls: Told['calls'] = [];
  for (const { index, function: part } of chunks.flatMap((chunk) => chunk.choices[0]?.delta?.tool_calls ?? [])) {
    const call = calls[index] ??= { name: '', arguments: '' };
    call.name ||= part?.name ?? '';
    call.arguments += part?.arguments ?? '';
  }
  return { answer: chunks, text: chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join(''), calls };
}

/** The stream goes through the library's own accumulator, which is strict about order and numbers. */
async function overResponses(place: Place, { model, stream }: Ask): Promise<Told> {
  const request = { model, input: question, tools: [{ type: 'function' as const, name: tool.name, parameters: tool.schema, strict: false }] };
  const client = openai(place);
  const answer = stream ? await client.responses.stream(request).finalResponse() : await client.responses.create(request);
  const calls = answer.output.flatMap((item) => (item.type === 'function_call' ? [{ name: item.name, arguments: item.arguments }] : []));
  const text = answer.output.flatMap((item) => (item.type === 'message' ? item.content.flatMap((part) => (part.type === 'output_text' ? [part.text] : [])) : [])).join('');
  return { answer, text, calls };
}

async function overMessages({ url, key }: Place, { model, stream }: Ask): Promise<Told> {
  const client = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 });
  const request = { model, max_tokens: 4_000, messages: [{ role: 'user' as const, content: question }], tools: [{ name: tool.name, input_schema: tool.schema }] };
  const answer = stream ? await client.messages.stream(request).finalMessage() : await client.messages.create(request);
  return {
    answer, text: answer.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    calls: answer.content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, arguments: JSON.stringify(block.input) }] : [])),
  };
}

async function overGemini({ url, key }: Place, { model, stream }: Ask): Promise<Told> {
  const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
  const request = { model, contents: question, config: { tools: [{ functionDeclarations: [{ name: tool.name, parametersJsonSchema: tool.schema }] }] } };
  const chunks = stream ? await all(await client.models.generateContentStream(request)) : [await client.models.generateContent(request)];
  const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
  return {
    answer: chunks.map((chunk) => Object.entries(chunk).filter(([name]) => name !== 'sdkHttpResponse')), text: parts.flatMap((part) => (part.thought ? [] : [part.text ?? ''])).join(''),
    calls: parts.flatMap(({ functionCall }) => (functionCall ? [{ name: functionCall.name ?? '', arguments: JSON.stringify(functionCall.args ?? {}) }] : [])),
  };
}

const viaAi = (made: (place: Place, model: string) => LanguageModel) => async (place: Place, { model, stream }: Ask): Promise<Told> => {
  const request = { model: made(place, model), prompt: question, maxRetries: 0, maxOutputTokens: 4_000 };
  let failed: unknown;
  const result = stream ? streamText({ ...request, onError: ({ error }) => { failed = error; } }) : await generateText(request);
  const [text, toolCalls, usage, finishReason, reasoning, sources] = await Promise.all([result.text, result.toolCalls, result.usage, result.finishReason, result.reasoningText, result.sources]);
  if (failed !== undefined) throw failed instanceof Error ? failed : new Error(JSON.stringify(failed));
  const calls = toolCalls.filter((call) => !call.providerExecuted).map((call) => ({ name: call.toolName, arguments: JSON.stringify(call.input) }));
  return { answer: { text, calls, usage, finishReason, reasoning, sources: sources.map((source) => (source.sourceType === 'url' ? source.url : source.title)) }, text, calls };
};

export const clients: readonly Client[] = [
  { name: 'openai, chat', dialect: 'openai-chat', ask: overChat },
  { name: 'openai, responses', dialect: 'openai-responses', ask: overResponses },
  { name: '@anthropic-ai/sdk', dialect: 'anthropic-messages', ask: overMessages },
  { name: '@google/genai', dialect: 'gemini', ask: overGemini },
  { name: '@ai-sdk/openai, chat', dialect: 'openai-chat', ask: viaAi(({ url, key }, model) => createOpenAI({ apiKey: key, baseURL: `${url}/v1` }).chat(model)) },
  { name: '@ai-sdk/openai, responses', dialect: 'openai-responses', ask: viaAi(({ url, key }, model) => createOpenAI({ apiKey: key, baseURL: `${url}/v1` }).responses(model)) },
  { name: '@ai-sdk/anthropic', dialect: 'anthropic-messages', ask: viaAi(({ url, key }, model) => createAnthropic({ apiKey: key, baseURL: `${url}/v1` })(model)) },
  { name: '@ai-sdk/google', dialect: 'gemini', ask: viaAi(({ url, key }, model) => createGoogleGenerativeAI({ apiKey: key, baseURL: `${url}/v1beta` })(model)) },
];
