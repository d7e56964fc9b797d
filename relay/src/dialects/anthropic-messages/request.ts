import type { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject, Tool, ToolChoice, WebSearch } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { Reading } from '../request/reading.ts';
import { cacheOf } from '../request/cache-mark.ts';
import { readBlocks } from './block-reader.ts';

/** Members with a place in the neutral form. All others travel in `rest`. */
const known = new Set([
  'model', 'messages', 'system', 'tools', 'tool_choice', 'max_tokens', 'temperature', 'top_p', 'top_k', 'stop_sequences', 'stream',
  'thinking', 'output_config', 'output_format', 'metadata',
]);

export function readRequest(body: Json): ChatRequest | Failure {
  const reading = new Reading();
  const wire = reading.object(body, 'body');
  if (!Array.isArray(wire['messages'])) reading.wrong('messages', wire['messages'] === undefined ? 'is required' : 'must be a list');
  const request: ChatRequest = {
    model: reading.name(wire['model'], 'model'),
    system: readSystem(wire['system'], reading),
    messages: reading.list(wire['messages'], 'messages').map((each, index) => {
      const at = `messages[${index}]`;
      const message = reading.object(each, at);
      return { role: readRole(message['role'], `${at}.role`, reading), parts: readBlocks(message['content'], `${at}.content`, reading) };
    }),
    tools: reading.list(wire['tools'], 'tools').map((tool, index) => readTool(tool, `tools[${index}]`, reading)),
    toolChoice: readChoice(wire['tool_choice'], reading),
    parallelTools: member(wire['tool_choice'], 'disable_parallel_tool_use') === true ? false : undefined,
    maxOutputTokens: reading.number(wire['max_tokens'], 'max_tokens'),
    temperature: reading.number(wire['temperature'], 'temperature'),
    topP: reading.number(wire['top_p'], 'top_p'),
    topK: reading.number(wire['top_k'], 'top_k'),
    stop: reading.list(wire['stop_sequences'], 'stop_sequences').flatMap((each, index) => reading.text(each, `stop_sequences[${index}]`) ?? []),
    reasoning: readThinking(wire, reading),
    responseFormat: readFormat(member(wire['output_config'], 'format') ?? wire['output_format']),
    stream: reading.flag(wire['stream'], 'stream') ?? false,
    streamUsage: true,
    userId: text(member(wire['metadata'], 'user_id')),
    rest: { 'anthropic-messages': Object.fromEntries(Object.entries(wire).filter(([name]) => !known.has(name))) },
  };
  if (request.maxOutputTokens === undefined) reading.wrong('max_tokens', 'is required');
  return reading.fault ?? request;
}

function readRole(role: Json | undefined, param: string, reading: Reading): 'user' | 'assistant' | 'system' {
  if (role === 'user' || role === 'assistant' || role === 'system') return role;
  reading.wrong(param, 'must be user or assistant');
  return 'user';
}

function readSystem(wire: Json | undefined, reading: Reading): ChatRequest['system'] {
  return readBlocks(wire, 'system', reading).flatMap((part) => (part.kind === 'text' && part.text !== '' ? [{ text: part.text, cache: part.cache }] : []));
}

function readTool(wire: Json, param: string, reading: Reading): Tool {
  const tool = reading.object(wire, param);
  const type = text(tool['type']);
  const name = reading.name(tool['name'], `${param}.name`);
  if (type?.startsWith('web_search_')) return { name, webSearch: readSearch(tool) };
  if (type !== undefined && type !== 'custom') return { name, native: tool };
  return {
    name,
    description: reading.text(tool['description'], `${param}.description`),
    schema: isObject(tool['input_schema']) ? tool['input_schema'] : undefined,
    strict: reading.flag(tool['strict'], `${param}.strict`),
    cache: cacheOf(tool),
  };
}

function readSearch(tool: JsonObject): WebSearch {
  const domains = (name: string): string[] => list(tool[name]).flatMap((each) => text(each) ?? []);
  const allowedDomains = domains('allowed_domains'), blockedDomains = domains('blocked_domains');
  return {
    ...(typeof tool['max_uses'] === 'number' ? { maxUses: tool['max_uses'] } : {}), ...(isObject(tool['user_location']) ? { location: tool['user_location'] } : {}),
    ...(allowedDomains.length ? { allowedDomains } : {}), ...(blockedDomains.length ? { blockedDomains } : {}),
  };
}

function readChoice(wire: Json | undefined, reading: Reading): ToolChoice | undefined {
  if (wire === undefined || wire === null) return undefined;
  switch (member(wire, 'type')) {
    case 'auto': return { kind: 'auto' };
    case 'none': return { kind: 'none' };
    case 'any': return { kind: 'required' };
    case 'tool': return { kind: 'named', name: reading.name(member(wire, 'name'), 'tool_choice.name') };
    default: reading.wrong('tool_choice.type', 'must be auto, any, tool or none');
  }
  return undefined;
}

function readThinking(wire: JsonObject, reading: Reading): ChatRequest['reasoning'] {
  const kind = text(member(wire['thinking'], 'type'));
  const effort = text(member(wire['output_config'], 'effort'));
  const hidden = member(wire['thinking'], 'display') === 'omitted' ? true : undefined;
  if (kind === 'enabled') {
    return { mode: 'on', effort, budgetTokens: reading.number(member(wire['thinking'], 'budget_tokens'), 'thinking.budget_tokens'), hidden };
  }
  if (kind === 'adaptive') return { mode: 'auto', effort, hidden };
  if (kind === 'disabled') return { mode: 'off' };
  // An effort alone asks for no thoughts to be shown.
  return effort === undefined ? undefined : { mode: 'auto', effort, hidden: true };
}

function readFormat(wire: Json | undefined): ChatRequest['responseFormat'] {
  const schema = member(wire, 'schema');
  return member(wire, 'type') === 'json_schema' && isObject(schema) ? { kind: 'json_schema', name: 'response', schema, strict: true } : undefined;
}
