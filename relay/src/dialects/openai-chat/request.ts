import type { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json } from '../chat-event.ts';
import { member, text } from '../json-member.ts';
import { Reading } from '../request/reading.ts';
import { readReasoning } from './reasoning-reader.ts';
import { readSampling } from './sampling-reader.ts';
import { readTools } from './tool-reader.ts';
import { readMessages } from './message-reader.ts';

/** Members with a place in the neutral form. All others travel in `rest`. */
const known = new Set([
  'model', 'messages', 'tools', 'tool_choice', 'parallel_tool_calls', 'max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'top_k',
  'stop', 'reasoning_effort', 'thinking', 'enable_thinking', 'thinking_budget', 'reasoning', 'chat_template_kwargs', 'response_format', 'stream', 'stream_options', 'user', 'safety_identifier', 'verbosity',
  'prompt_cache_key', 'prompt_cache_retention', 'functions', 'function_call', 'web_search_options', 'n', 'seed', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'min_p', 'repetition_penalty', 'logprobs',
  'top_logprobs', 'modalities', 'audio',
]);

export function readRequest(body: Json): ChatRequest | Failure {
  const reading = new Reading();
  const wire = reading.object(body, 'body');
  const limits = [reading.number(wire['max_tokens'], 'max_tokens'), reading.number(wire['max_completion_tokens'], 'max_completion_tokens')];
  const request: ChatRequest = {
    model: reading.name(wire['model'], 'model'),
    ...readMessages(wire['messages'], reading),
    ...readTools(wire, reading),
    parallelTools: reading.flag(wire['parallel_tool_calls'], 'parallel_tool_calls'),
    maxOutputTokens: limits[1] ?? limits[0],
    temperature: reading.number(wire['temperature'], 'temperature'),
    topP: reading.number(wire['top_p'], 'top_p'),
    topK: reading.number(wire['top_k'], 'top_k'),
    ...readSampling(wire, reading),
    stop: readStop(wire['stop'], reading),
    reasoning: readReasoning(wire, reading),
    responseFormat: readFormat(wire['response_format'], reading),
    stream: reading.flag(wire['stream'], 'stream') ?? false,
    streamUsage: member(wire['stream_options'], 'include_usage') === true,
    userId: reading.text(wire['user'], 'user') ?? text(wire['safety_identifier']),
    verbosity: text(wire['verbosity']),
    cacheKey: text(wire['prompt_cache_key']),
    cacheRetention: text(wire['prompt_cache_retention']),
    rest: { 'openai-chat': Object.fromEntries(Object.entries(wire).filter(([name]) => !known.has(name))) },
  };
  return reading.fault ?? request;
}

function readStop(wire: Json | undefined, reading: Reading): string[] {
  if (typeof wire === 'string') return wire === '' ? [] : [wire];
  return reading.list(wire, 'stop').flatMap((each, index) => reading.text(each, `stop[${index}]`) ?? []);
}

function readFormat(wire: Json | undefined, reading: Reading): ChatRequest['responseFormat'] {
  const kind = text(member(wire, 'type'));
  if (kind === 'json_object') return { kind };
  if (kind !== 'json_schema') return undefined;
  const spec = reading.object(member(wire, 'json_schema'), 'response_format.json_schema');
  const schema = reading.object(spec['schema'] ?? {}, 'response_format.json_schema.schema');
  return { kind, name: text(spec['name']) ?? 'response', description: text(spec['description']), schema, strict: reading.flag(spec['strict'], 'response_format.json_schema.strict') };
}

