import type { ChatRequest, Json, JsonObject, Message, Part } from '../chat-event.ts';
import { customArguments } from '../request/custom-tool.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { Reading } from '../request/reading.ts';
import { readSignature } from './call-signature.ts';
import { readParts } from './part-reader.ts';

/** Leading instructions go to `system`; later ones stay where they are. A tool's result is a part of a user message. */
export function readMessages(wire: Json | undefined, reading: Reading): Pick<ChatRequest, 'system' | 'messages'> {
  if (!Array.isArray(wire)) reading.wrong('messages', wire === undefined ? 'is required' : 'must be a list');
  const old = new OldCalls();
  const messages = list(wire).map((each, index) => readMessage(reading.object(each, `messages[${index}]`), `messages[${index}]`, reading, old));
  const first = messages.findIndex((message) => message.role !== 'system');
  const leading = messages.slice(0, first < 0 ? messages.length : first);
  return {
    system: leading.flatMap((message) => message.parts.flatMap((part) => (part.kind === 'text' && part.text !== '' ? [{ text: part.text, ...(part.cache ? { cache: part.cache } : {}) }] : []))),
    messages: messages.slice(leading.length),
  };
}

function readMessage(wire: JsonObject, param: string, reading: Reading, old: OldCalls): Message {
  const parts = (): Part[] => readParts(wire['content'], `${param}.content`, reading);
  const name = reading.text(wire['name'], `${param}.name`);
  switch (wire['role']) {
    case 'system':
    case 'developer': return { role: 'system', parts: parts(), name };
    case 'user': return { role: 'user', parts: parts(), name };
    case 'assistant': return { role: 'assistant', parts: [...readReasoning(wire), ...parts(), ...readRefusal(wire), ...readCalls(wire, param, reading), ...old.call(wire['function_call'], `${param}.function_call`, reading)], name };
    case 'tool': return { role: 'user', parts: [{ kind: 'tool-result', id: reading.name(wire['tool_call_id'], `${param}.tool_call_id`), parts: parts() }] };
    case 'function': return { role: 'user', parts: [{ kind: 'tool-result', id: old.answered(name ?? '', `${param}.name`, reading), parts: parts() }] };
    default: reading.wrong(`${param}.role`, 'must be system, developer, user, assistant or tool');
  }
  return { role: 'user', parts: [] };
}

/** Calls of the time before tools: they have no ids, and a result belongs to the last open call of its name (dialects 5.1). */
class OldCalls {
  private readonly open: { id: string; name: string }[] = [];
  private count = 0;

  call(wire: Json | undefined, param: string, reading: Reading): Part[] {
    if (!isObject(wire)) return [];
    const id = `call_function_${this.count++}`, name = reading.name(wire['name'], `${param}.name`);
    this.open.push({ id, name });
    return [{ kind: 'tool-call', id, name, arguments: reading.text(wire['arguments'], `${param}.arguments`) ?? '' }];
  }

  answered(name: string, param: string, reading: Reading): string {
    const at = this.open.findLastIndex((call) => call.name === name);
    const [call] = at < 0 ? [] : this.open.splice(at, 1);
    if (!call) reading.wrong(param, 'names no function that was called');
    return call?.id ?? '';
  }
}

/** Details carry signatures and win; the plain member is for everyone else (dialects 4.7). */
function readReasoning(wire: JsonObject): Part[] {
  const details = list(wire['reasoning_details']).flatMap((detail): Part[] => {
    if (member(detail, 'type') === 'reasoning.encrypted') return [{ kind: 'reasoning', text: '', redacted: text(member(detail, 'data')) ?? '' }];
    return [{ kind: 'reasoning', text: text(member(detail, 'text')) ?? '', signature: text(member(detail, 'signature')) }];
  });
  const plain = text(wire['reasoning_content']) ?? text(wire['reasoning']);
  if (details.length || plain === undefined) return details;
  return [{ kind: 'reasoning', text: plain }];
}

function readRefusal(wire: JsonObject): Part[] {
  const refusal = text(wire['refusal']);
  return refusal ? [{ kind: 'refusal', text: refusal }] : [];
}

function readCalls(wire: JsonObject, param: string, reading: Reading): Part[] {
  return reading.list(wire['tool_calls'], `${param}.tool_calls`).map((each, index): Part => {
    const at = `${param}.tool_calls[${index}]`;
    const call = reading.object(each, at);
    const custom = call['type'] === 'custom' ? reading.object(call['custom'], `${at}.custom`) : undefined;
    if (custom) {
      const input = reading.text(custom['input'], `${at}.custom.input`) ?? '';
      return { kind: 'tool-call', id: reading.name(call['id'], `${at}.id`), name: reading.name(custom['name'], `${at}.custom.name`), arguments: customArguments(input) };
    }
    const spec = reading.object(call['function'], `${at}.function`);
    return {
      kind: 'tool-call',
      id: reading.name(call['id'], `${at}.id`),
      name: reading.name(spec['name'], `${at}.function.name`),
      arguments: reading.text(spec['arguments'], `${at}.function.arguments`) ?? '',
      signature: readSignature(call),
    };
  });
}
