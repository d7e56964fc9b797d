/** The items of `input` as messages: neighbouring items of the assistant are one message, in their order (dialects 5.2). */
import type { ChatRequest, Json, JsonObject, Message, Part } from '../chat-event.ts';
import { list, member, text } from '../json-member.ts';
import { customArguments } from '../request/custom-tool.ts';
import type { Reading } from '../request/reading.ts';
import { spaced } from './tool-reader.ts';
import { readContent } from './content-reader.ts';

/** Calls of tools that the provider ran itself: of the past, and of no use to another one. */
const hosted = new Set([
  'web_search_call', 'file_search_call', 'computer_call', 'code_interpreter_call', 'image_generation_call', 'local_shell_call', 'shell_call', 'apply_patch_call',
  'mcp_list_tools', 'mcp_call', 'mcp_approval_request', 'tool_search_call', 'tool_search_output', 'program', 'program_output',
]);

export function readInput(wire: JsonObject, reading: Reading): Pick<ChatRequest, 'system' | 'messages'> {
  const messages = readItems(wire['input'], reading);
  const first = messages.findIndex((message) => message.role !== 'system');
  const leading = messages.slice(0, first < 0 ? messages.length : first);
  const instructions = reading.text(wire['instructions'], 'instructions');
  const parts = leading.flatMap((message) => message.parts);
  return {
    system: [instructions ?? '', ...parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))].filter((said) => said !== '').map((said) => ({ text: said })),
    messages: messages.slice(leading.length),
  };
}

function readItems(input: Json | undefined, reading: Reading): Message[] {
  if (typeof input === 'string') return [{ role: 'user', parts: [{ kind: 'text', text: input }] }];
  if (!Array.isArray(input)) reading.wrong('input', input === undefined || input === null ? 'is required' : 'must be a text or a list');
  const messages: Message[] = [];
  for (const [index, each] of list(input).entries()) {
    const item = readItem(reading.object(each, `input[${index}]`), `input[${index}]`, reading);
    const before = messages.at(-1);
    if (item?.role === 'assistant' && before?.role === 'assistant') before.parts.push(...item.parts);
    else if (item) messages.push(item);
  }
  return messages;
}

function readItem(item: JsonObject, param: string, reading: Reading): Message | undefined {
  const type = item['type'] ?? (item['role'] === undefined ? undefined : 'message');
  switch (type) {
    case 'message': return readMessage(item, param, reading);
    case 'reasoning': return { role: 'assistant', parts: [readThought(item)] };
    case 'function_call': return { role: 'assistant', parts: [{
      kind: 'tool-call', id: reading.name(item['call_id'], `${param}.call_id`), name: spaced(text(item['namespace']), reading.name(item['name'], `${param}.name`)),
      arguments: reading.text(item['arguments'], `${param}.arguments`) ?? '',
    }] };
    case 'custom_tool_call': return { role: 'assistant', parts: [{
      kind: 'tool-call', id: reading.name(item['call_id'], `${param}.call_id`), name: reading.name(item['name'], `${param}.name`),
      arguments: customArguments(reading.text(item['input'], `${param}.input`) ?? ''),
    }] };
    case 'custom_tool_call_output':
    case 'function_call_output': return { role: 'user', parts: [{
      kind: 'tool-result', id: reading.name(item['call_id'], `${param}.call_id`), parts: readContent(item['output'], `${param}.output`, reading),
    }] };
    case undefined: reading.wrong(`${param}.type`, 'is required'); return undefined;
    default:
      if (typeof type !== 'string') reading.wrong(`${param}.type`, 'must be a text');
      else if (!hosted.has(type)) reading.lost(param, `is of the type ${type.slice(0, 60)}, which this model does not take`);
      return undefined;
  }
}

function readMessage(item: JsonObject, param: string, reading: Reading): Message {
  const parts = readContent(item['content'], `${param}.content`, reading);
  switch (item['role']) {
    case 'user':
    case 'assistant': return { role: item['role'], parts };
    case 'system':
    case 'developer': return { role: 'system', parts };
    default: reading.wrong(`${param}.role`, 'must be user, assistant, system or developer');
  }
  return { role: 'user', parts };
}

/** Its text is for the reader; what counts is the signature, which goes back to its maker only. */
function readThought(item: JsonObject): Part {
  const texts = (name: string): string[] => list(item[name]).flatMap((part) => text(member(part, 'text')) ?? []);
  return { kind: 'reasoning', text: [...texts('summary'), ...texts('content')].join('\n\n'), signature: text(item['encrypted_content']) || undefined };
}
