/** Ollama, its own API: https://github.com/ollama/ollama/blob/main/docs/api.md (providers 4.13), one JSON text a line. */
import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import { isObject, list, member, parseJson, text, wire } from '../json-member.ts';
import { toInput } from '../request/tool-input.ts';
import { chatRelative, failed, grows, type Said, stops } from './chat-relative.ts';
import { textIn } from './plain-messages.ts';

export const ollamaChat = chatRelative({
  name: 'ollama',
  path: '/api/chat',
  write: (chat, request) => wire({
    model: chat['model'], messages: list(chat['messages']).map(asMessage), stream: chat['stream'] === true, tools: chat['tools'],
    format: formatOf(request), think: thinkOf(chat['reasoning_effort']), options: optionsOf(chat, request),
    keep_alive: request.rest['openai-chat']?.['keep_alive'],
  }),
  newTranslator: () => {
    const progress = { calls: 0 };
    return ({ data }) => {
      const line = parseJson(data);
      return isObject(line) ? said(line, progress) : [failed('The answer of the provider could not be read.')];
    };
  },
  whole: (answer) => {
    if (!isObject(answer['message'])) return undefined;
    const message = fromMessage(answer['message'], { calls: 0 });
    return { id: '', choices: [{ index: 0, message, finish_reason: reasonOf(answer, message['tool_calls'] !== undefined) }], usage: usageOf(answer) };
  },
});

function said(line: JsonObject, progress: { calls: number }): Said[] {
  if (line['error'] !== undefined) return [failed(text(line['error']) ?? 'The provider failed.')];
  const grown = isObject(line['message']) ? [grows(fromMessage(line['message'], progress), wire({ model: line['model'] }))] : [];
  return line['done'] === true ? [...grown, stops(reasonOf(line, progress.calls > 0), usageOf(line)), 'end'] : grown;
}

/** Calls come whole, without ids and numbers. */
function fromMessage(message: JsonObject, progress: { calls: number }): JsonObject {
  const calls = list(message['tool_calls']).map((call): Json => {
    const spec = member(call, 'function');
    return { index: progress.calls++, type: 'function', function: { name: member(spec, 'name') ?? '', arguments: JSON.stringify(member(spec, 'arguments') ?? {}) } };
  });
  return wire({ role: 'assistant', content: message['content'] || undefined, reasoning_content: message['thinking'] || undefined, tool_calls: calls.length ? calls : undefined });
}

function reasonOf({ done_reason: reason }: JsonObject, hasCalls: boolean): string {
  if (hasCalls) return 'tool_calls';
  return reason === 'length' ? 'length' : 'stop';
}

function usageOf({ prompt_eval_count: input = 0, eval_count: output = 0 }: JsonObject): JsonObject {
  return { prompt_tokens: input, completion_tokens: output };
}

function asMessage(message: Json): Json {
  const content = member(message, 'content'), calls = member(message, 'tool_calls');
  const pictures = list(content).flatMap((part) => { const url = text(member(member(part, 'image_url'), 'url')); return url?.startsWith('data:') ? [url.slice(url.indexOf(',') + 1)] : []; });
  return wire({
    role: member(message, 'role'), content: textIn(content), images: pictures.length ? pictures : undefined,
    tool_calls: Array.isArray(calls) ? calls.map((call) => ({ function: { name: member(member(call, 'function'), 'name') ?? '', arguments: toInput(text(member(member(call, 'function'), 'arguments')) ?? '') } })) : undefined,
  });
}

const formatOf = ({ responseFormat: format }: ChatRequest): Json | undefined => (format?.kind === 'json_schema' ? format.schema : format && 'json');

function thinkOf(effort: Json | undefined): Json | undefined {
  if (effort === undefined) return undefined;
  if (effort === 'none') return false;
  return effort === 'low' || effort === 'medium' || effort === 'high' ? effort : true;
}

function optionsOf(chat: JsonObject, { topK, minP, repetitionPenalty, seed, rest }: ChatRequest): JsonObject | undefined {
  const options = wire({
    num_predict: chat['max_tokens'], temperature: chat['temperature'], top_p: chat['top_p'], top_k: topK, min_p: minP, stop: chat['stop'], seed,
    repeat_penalty: repetitionPenalty, presence_penalty: chat['presence_penalty'], frequency_penalty: chat['frequency_penalty'], num_ctx: rest['openai-chat']?.['num_ctx'],
  });
  return Object.keys(options).length ? options : undefined;
}
