import { answerId } from '../answer-id.ts';
import type { ChatEvent, Json, JsonObject, Part } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';
import { wholeAnswer } from '../whole-answer.ts';
import { signatureMember } from './call-signature.ts';
import { writeFinish } from './finish.ts';
import { reasoningDetail } from './reasoning-detail.ts';
import { writeUsage } from './usage-writer.ts';

export function writeAnswer(events: readonly ChatEvent[], options: WriterOptions): JsonObject {
  const { start, parts, tokens, finish } = wholeAnswer(events);
  return {
    id: answerId('chatcmpl-', start.id, options.requestId), object: 'chat.completion', created: start.created || (options.createdAt ?? 0), model: options.model,
    choices: [{ index: 0, message: writeMessage(parts), logprobs: null, finish_reason: writeFinish(finish.reason) }],
    usage: writeUsage(tokens),
  };
}

function writeMessage(parts: readonly Part[]): JsonObject {
  const join = (kind: 'text' | 'refusal' | 'reasoning'): string => parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
  const calls = parts.flatMap((part): Json[] => (part.kind === 'tool-call'
    ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments.trim() === '' ? '{}' : part.arguments }, ...signatureMember(part.signature) }] : []));
  const thoughts = parts.flatMap((part) => (part.kind === 'reasoning' ? [part] : []));
  const details = thoughts.filter((part) => part.signature !== undefined || part.redacted !== undefined).map(reasoningDetail);
  const content = join('text');
  const refusal = join('refusal');
  return {
    role: 'assistant',
    content: content === '' && (calls.length > 0 || refusal !== '') ? null : content,
    refusal: refusal === '' ? null : refusal,
    ...(join('reasoning') === '' ? {} : { reasoning_content: join('reasoning') }),
    ...(details.length ? { reasoning_details: details } : {}),
    ...(calls.length ? { tool_calls: calls } : {}),
  };
}
