import { answerId } from '../answer/answer-id.ts';
import type { ChatEvent, JsonObject, Part } from '../chat-event.ts';
import { codePoints } from '../answer/code-points.ts';
import type { WriterOptions } from '../dialect.ts';
import { writeLogprobs } from '../answer/openai-logprobs.ts';
import { wholeAnswer, type WholeChoice } from '../answer/whole-answer.ts';
import { writeAnnotations } from './annotation.ts';
import { callMembers } from './call-writer.ts';
import { writeFinish } from './finish.ts';
import { audioMember, imageMember } from './media-writer.ts';
import { reasoningDetail } from './reasoning-detail.ts';
import { writeUsage } from './usage-writer.ts';

export function writeAnswer(events: readonly ChatEvent[], options: WriterOptions): JsonObject {
  const { start, choices, tokens } = wholeAnswer(events);
  return {
    id: answerId('chatcmpl-', start.id, options.requestId), object: 'chat.completion', created: start.created || (options.createdAt ?? 0), model: options.model,
    choices: choices.map((choice) => writeChoice(choice, options)),
    usage: writeUsage(tokens),
  };
}

function writeChoice({ choice, parts, finish }: WholeChoice, options: WriterOptions): JsonObject {
  const logprobs = parts.flatMap((part) => (part.kind === 'text' ? part.logprobs ?? [] : []));
  return {
    index: choice, message: writeMessage(parts, finish, options),
    logprobs: logprobs.length ? { content: writeLogprobs(logprobs), refusal: null } : null, finish_reason: writeFinish(finish.reason, options.oldFunctions),
  };
}

function writeMessage(parts: readonly Part[], { reason, detail }: WholeChoice['finish'], options: WriterOptions): JsonObject {
  const join = (kind: 'text' | 'refusal' | 'reasoning'): string => parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
  const calls = parts.filter((part) => part.kind === 'tool-call');
  const thoughts = parts.flatMap((part) => (part.kind === 'reasoning' ? [part] : []));
  const details = thoughts.filter((part) => part.signature !== undefined || part.redacted !== undefined).map(reasoningDetail);
  const content = join('text'), thought = join('reasoning');
  const refusal = join('refusal');
  const annotations = annotationsOf(parts);
  return {
    role: 'assistant',
    content: content === '' && (calls.length > 0 || refusal !== '') ? null : content,
    refusal: refusal || (content === '' && reason === 'content_filter' && detail) || null,
    ...(thought === '' ? {} : { reasoning_content: thought, ...(options.alsoReasoning ? { reasoning: thought } : {}) }),
    ...(details.length ? { reasoning_details: details } : {}),
    ...callMembers(calls, options),
    ...(annotations.length ? { annotations } : {}),
    ...mediaOf(parts),
  };
}

/** Texts are joined: what a later one rests on moves behind the ones before it. */
function annotationsOf(parts: readonly Part[]): JsonObject[] {
  let said = 0;
  return parts.flatMap((part) => {
    if (part.kind !== 'text') return [];
    const written = writeAnnotations(part.citations ?? [], said);
    said += codePoints(part.text);
    return written;
  });
}

function mediaOf(parts: readonly Part[]): JsonObject {
  const images = parts.filter((part) => part.kind === 'image').flatMap((part, index) => { const written = imageMember(part, index); return written ? [written] : []; });
  const sound = parts.find((part) => part.kind === 'audio');
  return { ...(images.length ? { images: images.flatMap(({ images: each }) => (Array.isArray(each) ? each : [])) } : {}), ...(sound ? audioMember(sound) : {}) };
}
