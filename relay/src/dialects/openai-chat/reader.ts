import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, Json } from '../chat-event.ts';
import { correctedFinish } from '../corrected-finish.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readUsage } from '../usage.ts';
import { DeltaReader } from './delta-reader.ts';
import { brokeDown, readFinish } from './finish.ts';
import { latest, usageOf } from './watch.ts';

export const newReader = (options: ReaderOptions = {}): AnswerReader => new Reader(options);

/** A whole answer is one chunk whose delta is the message. */
export function readAnswer(body: Json, options: ReaderOptions = {}): ChatEvent[] | Failure {
  if (!isObject(body) || !Array.isArray(body['choices'])) return new Failure('bad_response_body', { note: 'no choices' });
  const reader = new Reader(options);
  return [...reader.chunk(body), ...reader.end()];
}

class Reader implements AnswerReader {
  private readonly options: ReaderOptions;
  private started = false;
  private ended = false;
  private id = '';
  private readonly parts = new DeltaReader();
  private finish: string | undefined;
  private done = false;
  private tokens: ReturnType<typeof readUsage>;

  constructor(options: ReaderOptions) { this.options = options; }

  read(frame: Frame): ChatEvent[] {
    if (this.ended) return [];
    if (frame.data.trim() === '[DONE]') { this.done = true; return this.end(); }
    const chunk = parseLossless(frame.data);
    return chunk === undefined ? this.fail('The answer of the provider could not be read.') : this.chunk(chunk);
  }

  chunk(chunk: Json): ChatEvent[] {
    const error = member(chunk, 'error');
    if (error !== undefined && error !== null) return this.fail(text(member(error, 'message')) ?? text(error) ?? 'The provider failed.', text(member(error, 'code')));
    this.tokens = latest(readUsage(usageOf(chunk), this.options.usage), this.tokens);
    const choice = list(member(chunk, 'choices')).find((each) => (member(each, 'index') ?? 0) === 0);
    if (choice === undefined) return [];
    const events = [...this.start(chunk), ...this.said(choice)];
    this.finish = text(member(choice, 'finish_reason')) || this.finish;
    return this.finish !== undefined && brokeDown.has(this.finish) ? [...events, ...this.fail('The provider broke off its answer.', this.finish)] : events;
  }

  end(): ChatEvent[] {
    if (this.ended) return [];
    if (!this.started || (this.finish === undefined && !this.done)) return this.fail('The answer broke off.');
    this.ended = true;
    const reason = correctedFinish(readFinish(this.finish ?? 'stop'), this.parts.hasCalls);
    return [
      ...this.parts.end(),
      ...(this.tokens ? [{ type: 'usage-report', tokens: this.tokens } satisfies ChatEvent] : []),
      { type: 'answer-finish', reason, native: this.finish }, { type: 'answer-end' },
    ];
  }

  private start(chunk: Json): ChatEvent[] {
    if (this.started) return [];
    this.started = true;
    this.id = text(member(chunk, 'id')) ?? '';
    const created = member(chunk, 'created');
    return [{ type: 'answer-start', id: this.id, model: text(member(chunk, 'model')) ?? '', created: typeof created === 'number' ? created : 0 }];
  }

  /** Some send the whole message, at the end of a stream too: it counts only where nothing was streamed. */
  private said(choice: Json): ChatEvent[] {
    const events = this.parts.read(member(choice, 'delta'), this.id);
    return events.length || this.parts.any ? events : this.parts.read(member(choice, 'message'), this.id);
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}
