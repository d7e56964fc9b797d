import type { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import { list, member, text } from '../json-member.ts';
import { Reading } from '../request/reading.ts';
import { readInput } from './input-reader.ts';
import { readTools } from './tool-reader.ts';

/** Members with a place in the neutral form. All others travel in `rest`. */
const known = new Set([
  'model', 'input', 'instructions', 'tools', 'tool_choice', 'parallel_tool_calls', 'max_output_tokens', 'temperature', 'top_p', 'reasoning', 'text',
  'stream', 'user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention', 'store',
  'top_logprobs',
]);

/** Members that an answer repeats (dialects 6.8). */
const repeated = new Set([
  'instructions', 'max_output_tokens', 'parallel_tool_calls', 'reasoning', 'temperature', 'text', 'tool_choice', 'tools', 'top_p', 'user', 'metadata',
]);

const encrypted = 'reasoning.encrypted_content';

export function readRequest(body: Json): ChatRequest | Failure {
  const reading = new Reading();
  const wire = reading.object(body, 'body');
  const some = (wanted: (name: string) => boolean): JsonObject => Object.fromEntries(Object.entries(wire).filter(([name]) => wanted(name)));
  const request: ChatRequest = {
    model: reading.name(wire['model'], 'model'),
    ...readInput(wire, reading),
    ...readTools(wire['tools'], wire['tool_choice'], reading),
    parallelTools: reading.flag(wire['parallel_tool_calls'], 'parallel_tool_calls'),
    maxOutputTokens: reading.number(wire['max_output_tokens'], 'max_output_tokens'),
    temperature: reading.number(wire['temperature'], 'temperature'),
    topP: reading.number(wire['top_p'], 'top_p'),
    stop: [],
    ...readLogprobs(wire, reading),
    reasoning: readReasoning(wire['reasoning'], reading),
    responseFormat: readFormat(member(wire['text'], 'format'), reading),
    verbosity: text(member(wire['text'], 'verbosity')),
    stream: reading.flag(wire['stream'], 'stream') ?? false,
    streamUsage: true,
    userId: text(wire['safety_identifier']) ?? reading.text(wire['user'], 'user'),
    cacheKey: text(wire['prompt_cache_key']),
    cacheRetention: text(wire['prompt_cache_retention']),
    dropSignatures: wire['store'] !== false && !list(wire['include']).includes(encrypted),
    echo: some((name) => repeated.has(name)),
    rest: { 'openai-responses': some((name) => !known.has(name)) },
  };
  return reading.fault ?? request;
}

function readLogprobs(wire: JsonObject, reading: Reading): Pick<ChatRequest, 'logprobs'> {
  const top = reading.number(wire['top_logprobs'], 'top_logprobs') ?? 0;
  return top > 0 || list(wire['include']).includes('message.output_text.logprobs') ? { logprobs: { top } } : {};
}

function readReasoning(wire: Json | undefined, reading: Reading): ChatRequest['reasoning'] {
  if (wire === undefined || wire === null) return undefined;
  const asked = reading.object(wire, 'reasoning');
  const effort = reading.text(asked['effort'], 'reasoning.effort');
  if (effort === 'none') return { mode: 'off' };
  if (effort !== undefined) return { mode: 'on', effort };
  return text(asked['summary']) === undefined ? undefined : { mode: 'auto' };
}

function readFormat(wire: Json | undefined, reading: Reading): ChatRequest['responseFormat'] {
  const kind = member(wire, 'type');
  if (kind === 'json_object') return { kind };
  if (kind !== 'json_schema') return undefined;
  const schema = reading.object(member(wire, 'schema'), 'text.format.schema');
  return { kind, name: text(member(wire, 'name')) ?? 'response', description: text(member(wire, 'description')), schema, strict: reading.flag(member(wire, 'strict'), 'text.format.strict') };
}
