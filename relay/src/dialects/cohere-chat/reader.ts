import { Failure } from '../../failure/failure.ts';
import { AnswerParts } from '../answer/answer-parts.ts';
import type { ChatEvent, FinishReason, Json } from '../chat-event.ts';
import { correctedFinish } from '../answer/corrected-finish.ts';
import type { AnswerReader, Frame } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readUsage } from './usage.ts';

export const newReader = (): AnswerReader => new Reader();

/** A whole answer, told as its stream would be. */
export function readAnswer(body: Json): ChatEvent[] | Failure {
  const message = member(body, 'message');
  if (!isObject(body) || !isObject(message)) return new Failure('bad_response_body', { note: 'no message' });
  const reader = new Reader();
  const plan = text(message['tool_plan']);
  return [
    ...reader.event({ type: 'message-start', id: body['id'] ?? '' }),
    ...(plan ? reader.event({ type: 'tool-plan-delta', delta: { message: { tool_plan: plan } } }) : []),
    ...list(message['content']).flatMap((content, index) => reader.event({ type: 'content-start', index, delta: { message: { content } } })),
    ...list(message['tool_calls']).flatMap((call, index) => reader.event({ type: 'tool-call-start', index, delta: { message: { tool_calls: call } } })),
    ...reader.event({ type: 'message-end', delta: { finish_reason: body['finish_reason'] ?? null, usage: body['usage'] ?? null } }),
    ...reader.end(),
  ];
}

/** Dialects 6.4. */
const finishes: Readonly<Record<string, FinishReason>> = { COMPLETE: 'stop', STOP_SEQUENCE: 'stop_sequence', MAX_TOKENS: 'length', TOOL_CALL: 'tool_calls' };

class Reader implements AnswerReader {
  private readonly parts = new AnswerParts();
  private id = '';
  private started = false;
  private word: string | undefined;
  private ended = false;

  read(frame: Frame): ChatEvent[] {
    if (frame.data.trim() === '[DONE]') return [];
    const event = parseLossless(frame.data);
    return isObject(event) ? this.event(event) : this.fail('The answer of the provider could not be read.');
  }

  event(event: Json): ChatEvent[] {
    if (this.ended) return [];
    const message = member(member(event, 'delta'), 'message'), index = member(event, 'index');
    return [...this.start(event), ...this.told(event, message, typeof index === 'number' ? String(index) : '')];
  }

  end(): ChatEvent[] {
    if (this.ended) return [];
    if (this.word === undefined) return this.fail('The answer broke off.');
    this.ended = true;
    const reason = correctedFinish(finishes[this.word] ?? 'stop', this.parts.hasCalls);
    return [...this.parts.close(), { type: 'answer-finish', reason, native: this.word }, { type: 'answer-end' }];
  }

  private start(event: Json): ChatEvent[] {
    if (this.started) return [];
    this.started = true;
    this.id = text(member(event, 'id')) ?? '';
    return [{ type: 'answer-start', id: this.id, model: '', created: 0 }];
  }

  private told(event: Json, message: Json | undefined, key: string): ChatEvent[] {
    const content = member(message, 'content'), call = member(message, 'tool_calls');
    switch (member(event, 'type')) {
      // What it means to do before it calls a tool is text that comes before the calls.
      case 'tool-plan-delta': return this.parts.say('text', text(member(message, 'tool_plan')), 'plan');
      case 'content-start':
      case 'content-delta': return [...this.parts.say('reasoning', text(member(content, 'thinking')), key), ...this.parts.say('text', text(member(content, 'text')), key)];
      case 'content-end':
      case 'tool-call-end': return this.parts.close();
      case 'tool-call-start': {
        const spec = member(call, 'function');
        return [...this.parts.call(key, text(member(call, 'id')), text(member(spec, 'name')) ?? '', this.id), ...this.parts.argue(text(member(spec, 'arguments')))];
      }
      case 'tool-call-delta': return this.parts.argue(text(member(member(call, 'function'), 'arguments')));
      case 'message-end': return this.finish(member(event, 'delta'));
      default: return [];
    }
  }

  private finish(delta: Json | undefined): ChatEvent[] {
    const word = text(member(delta, 'finish_reason')) ?? 'COMPLETE', tokens = readUsage(member(delta, 'usage'));
    if (word.startsWith('ERROR') || word === 'TIMEOUT') return this.fail(text(member(delta, 'error')) ?? 'The provider broke off its answer.', word);
    this.word = word;
    return [...this.parts.close(), ...(tokens ? [{ type: 'usage-report', tokens } satisfies ChatEvent] : [])];
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}
