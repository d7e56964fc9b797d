import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, JsonObject, Tool, WebSearch } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cannot, carryRest, lossOf } from '../request/losses.ts';
import { cacheMark } from '../request/cache-mark.ts';
import { writeMessages } from './message-writer.ts';
import { modelRow } from './model-rows.ts';
import { emulatesSchema, jsonChoice, jsonToolOf } from './schema-emulation.ts';
import { limitedSchema } from './schema-limits.ts';
import { writeThinking } from './thinking-writer.ts';

const takes = new Set(['top_k']);

export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'anthropic-messages', options);
  if (rest instanceof Failure) return rest;
  const lost = lossOf(request, takes, options);
  if (lost) return lost;
  const native = request.tools.findIndex((tool) => tool.native);
  if (native >= 0 && request.rest['anthropic-messages'] === undefined) return cannot(`tools[${native}]`);
  if (request.tools.some((tool) => tool.custom)) options.warn?.('custom_tool_wrapped');
  const thinking = writeThinking(request, options);
  const messages = writeMessages(request, options);
  if (messages instanceof Failure) return messages;
  const format = writeFormat(request);
  const emulates = emulatesSchema(request, thinking.on, options);
  const tools = [...offered(request).map((tool) => tool.native ?? writeTool(tool)), ...(emulates ? [jsonToolOf(request)] : [])];
  return wire({
    model: request.model,
    max_tokens: thinking.maxTokens,
    system: writeSystem(request, { ...options, emulates }),
    messages,
    tools: tools.length ? tools : undefined,
    tool_choice: emulates ? jsonChoice(request) : writeChoice(request),
    stop_sequences: writeStops(request, options),
    ...writeSampling(request, thinking.on, options),
    thinking: thinking.thinking,
    output_config: thinking.effort !== undefined || format ? wire({ effort: thinking.effort, format }) : undefined,
    metadata: request.userId === undefined ? undefined : { user_id: request.userId },
    stream: request.stream || undefined,
    ...rest,
  });
}

/** What cannot be asked for natively is asked for in words. */
function writeSystem(request: ChatRequest, options: RequestOptions & { emulates: boolean }): JsonObject[] | string | undefined {
  const instruction = writeInstruction(request, options);
  const blocks = [...request.system, ...(instruction === undefined ? [] : [{ text: instruction, cache: undefined }])];
  const [only] = blocks;
  if (!only) return undefined;
  return blocks.length === 1 && !only.cache ? only.text : blocks.map(({ text, cache }) => wire({ type: 'text', text, cache_control: cacheMark(cache) }));
}

function writeInstruction({ responseFormat, model }: ChatRequest, options: RequestOptions & { emulates: boolean }): string | undefined {
  if (!responseFormat || options.emulates || (responseFormat.kind === 'json_schema' && modelRow(model).schema)) return undefined;
  options.warn?.(responseFormat.kind === 'json_object' ? 'json_object_instruction' : 'json_schema_instruction');
  const form = responseFormat.kind === 'json_schema' ? ` It must match this JSON Schema: ${JSON.stringify(responseFormat.schema)}` : '';
  return `Answer with one JSON object and nothing else: no explanation, no code fence.${form}`;
}

function writeFormat({ responseFormat, model }: ChatRequest): JsonObject | undefined {
  if (responseFormat?.kind !== 'json_schema' || !modelRow(model).schema) return undefined;
  return { type: 'json_schema', schema: limitedSchema(responseFormat.schema) };
}

/** The one that every model with a search knows. */
function writeSearch({ maxUses, allowedDomains, blockedDomains, location }: WebSearch): JsonObject {
  return wire({ type: 'web_search_20250305', name: 'web_search', max_uses: maxUses, allowed_domains: allowedDomains, blocked_domains: blockedDomains, user_location: location });
}

function writeTool(tool: Tool): JsonObject {
  if (tool.webSearch) return writeSearch(tool.webSearch);
  return wire({
    name: tool.name, description: tool.description, input_schema: objectSchema(tool.schema), strict: tool.strict,
    cache_control: cacheMark(tool.cache),
  });
}

/** It must be one of an object; what joins several is for the upstream to judge. */
function objectSchema(schema: JsonObject = {}): JsonObject {
  if (schema['type'] !== undefined || ['anyOf', 'oneOf', 'allOf', '$ref'].some((name) => schema[name] !== undefined)) return schema;
  return { type: 'object', ...schema, ...(schema['properties'] === undefined ? { properties: {} } : {}) };
}

/** Where only some are allowed, the others are not offered (dialects 4.9). */
function offered({ tools, toolChoice }: ChatRequest): Tool[] {
  return toolChoice?.kind === 'allowed' ? tools.filter(({ name }) => toolChoice.names.includes(name)) : tools;
}

function writeChoice({ tools, toolChoice, parallelTools }: ChatRequest): JsonObject | undefined {
  if (!tools.length || (!toolChoice && parallelTools !== false)) return undefined;
  const choice = toolChoice ?? { kind: 'auto' };
  if (choice.kind === 'none') return { type: 'none' };
  const type = choice.kind === 'required' || (choice.kind === 'allowed' && choice.must) ? 'any' : 'auto';
  return wire({
    ...(choice.kind === 'named' ? { type: 'tool', name: choice.name } : { type }), disable_parallel_tool_use: parallelTools === false ? true : undefined,
  });
}

function writeStops({ stop }: ChatRequest, options: RequestOptions): string[] | undefined {
  const kept = stop.filter((each) => each.trim() !== '');
  if (kept.length < stop.length) options.warn?.('dropped:stop');
  return kept.length ? kept : undefined;
}

/** Models that think choose for themselves; the newest do so always. */
function writeSampling(request: ChatRequest, thinking: boolean, options: RequestOptions): { [member: string]: number | undefined } {
  const { temperature, topP, topK } = request;
  const given = { temperature, top_p: topP, top_k: topK };
  if (thinking || !modelRow(request.model).sampling) {
    for (const [name, value] of Object.entries(given)) if (value !== undefined) options.warn?.(`dropped:${name}`);
    return {};
  }
  if (temperature !== undefined && temperature > 1) options.warn?.('clamped:temperature');
  return { ...given, temperature: temperature === undefined ? undefined : Math.min(1, temperature) };
}
