import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, JsonObject, Message, Part } from '../chat-event.ts';
import { CustomInput } from '../request/custom-input.ts';
import { wire } from '../json-member.ts';
import { unseal } from '../memory/sealed-signature.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { callsOf, unmatchedCall } from '../request/tool-turns.ts';
import { writeContent } from './content-writer.ts';
import { modelFamily } from './model-family.ts';

/** The first instruction is `instructions`; further ones lead the input. */
export function writeInput(request: ChatRequest): JsonObject[] | Failure {
  const unmatched = unmatchedCall(request.messages);
  if (unmatched) return unmatched;
  const customCalls = customCallsOf(request);
  const items = request.system.slice(1).map(({ text }): JsonObject => message('developer', [{ type: 'input_text', text }]));
  for (const [index, each] of request.messages.entries()) {
    const some = each.role === 'assistant' ? writeAssistant(each, request) : writeUser(each, `messages[${index}]`, customCalls);
    if (some instanceof Failure) return some;
    items.push(...some);
  }
  return items;
}

const message = (role: string, content: JsonObject[]): JsonObject => ({ type: 'message', role, content });

/** Results are items of their own, and stand first. */
function writeUser({ role, parts }: Message, param: string, customCalls: ReadonlySet<string>): JsonObject[] | Failure {
  const items: JsonObject[] = [];
  for (const part of parts) {
    if (part.kind !== 'tool-result') continue;
    const output = writeContent(part.parts, param);
    if (output instanceof Failure) return output;
    const texts = output.flatMap((each) => (each['type'] === 'input_text' && typeof each['text'] === 'string' ? [each['text']] : []));
    items.push({ type: customCalls.has(part.id) ? 'custom_tool_call_output' : 'function_call_output', call_id: legalCallId(part.id), output: texts.length === output.length ? texts.join('') : output });
  }
  const content = writeContent(parts.filter((part) => part.kind !== 'tool-result'), param);
  if (content instanceof Failure) return content;
  return content.length ? [...items, message(role === 'system' ? 'developer' : 'user', content)] : items;
}

/** Neighbouring texts are one message; everything else is an item where it stood. */
function writeAssistant({ parts }: Message, request: ChatRequest): JsonObject[] {
  const items: JsonObject[] = [];
  let said: JsonObject[] | undefined;
  for (const part of parts) {
    const text = writeText(part);
    if (text && said) said.push(text);
    else if (text) items.push(message('assistant', said = [text]));
    else {
      const item = writeItem(part, request);
      if (item) said = undefined;
      if (item) items.push(item);
    }
  }
  return items;
}

function writeText(part: Part): JsonObject | undefined {
  if (part.kind === 'refusal') return { type: 'refusal', refusal: part.text };
  return part.kind === 'text' && part.text !== '' ? { type: 'output_text', text: part.text, annotations: [] } : undefined;
}

function writeItem(part: Part, { model, tools }: ChatRequest): JsonObject | undefined {
  if (part.kind === 'tool-call' && tools.some(({ name, custom }) => custom && name === part.name)) {
    return { type: 'custom_tool_call', call_id: legalCallId(part.id), name: part.name, input: inputOf(part.arguments) };
  }
  if (part.kind === 'tool-call') return { type: 'function_call', call_id: legalCallId(part.id), name: part.name, arguments: part.arguments.trim() === '' ? '{}' : part.arguments };
  return part.kind === 'reasoning' ? writeThought(part, model) : undefined;
}

/** The calls of tools that take free text. */
const customCallsOf = ({ tools, messages }: ChatRequest): ReadonlySet<string> => new Set(messages.flatMap((each) => callsOf(each))
  .flatMap(({ id, name }) => (tools.some((tool) => tool.custom && tool.name === name) ? [id] : [])));

function inputOf(args: string): string {
  const input = new CustomInput();
  input.push(args);
  return input.end().input;
}

/** Only what the same family of models made goes back to it; everything else is text that it never wrote (dialects 4.7). */
function writeThought(part: Part & { kind: 'reasoning' }, model: string): JsonObject | undefined {
  const signature = unseal(part.redacted ?? part.signature ?? '');
  if (signature?.family !== 'openai' || modelFamily(signature.model) !== modelFamily(model)) return undefined;
  return wire({ type: 'reasoning', id: signature.item, summary: part.text === '' ? [] : [{ type: 'summary_text', text: part.text }], encrypted_content: signature.value });
}
