import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, Json, Part } from '../chat-event.ts';
import { correctedFinish } from '../corrected-finish.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readUsage } from '../usage.ts';
import { CallReader } from './call-reader.ts';
import { brokeDown, readFinish } from './finish.ts';
import { latest, usageOf } from './watch.ts';

type TextKind = 'text' | 'reasoning' | 'refusal';

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
  private parts = 0;
  private open: { kind: TextKind; index: number } | undefined;
  private readonly calls = new CallReader(() => this.parts++);
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
    const reason = correctedFinish(readFinish(this.finish ?? 'stop'), this.calls.any);
    return [
      ...this.close(), ...this.calls.end(),
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
    const events = this.delta(member(choice, 'delta'));
    return events.length || this.parts > 0 ? events : this.delta(member(choice, 'message'));
  }

  private delta(delta: Json | undefined): ChatEvent[] {
    return [
      ...this.say('reasoning', text(member(delta, 'reasoning_content')) || text(member(delta, 'reasoning')) || this.unsignedDetail(delta)),
      ...this.details(delta),
      ...this.content(member(delta, 'content')),
      ...this.say('refusal', text(member(delta, 'refusal'))),
      ...this.toolCalls(delta),
    ];
  }

  private toolCalls(delta: Json | undefined): ChatEvent[] {
    const fragments = member(delta, 'tool_calls') ?? (isObject(member(delta, 'function_call')) ? [{ index: 0, function: member(delta, 'function_call') ?? null }] : []);
    return list(fragments).length ? [...this.close(), ...this.calls.read(fragments, this.id)] : [];
  }

  /** A text, or the parts of Mistral. */
  private content(content: Json | undefined): ChatEvent[] {
    if (!Array.isArray(content)) return this.say('text', text(content));
    return content.flatMap((part) => {
      if (member(part, 'type') !== 'thinking') return this.say('text', text(member(part, 'text')));
      return list(member(part, 'thinking')).flatMap((thought) => this.say('reasoning', text(member(thought, 'text'))));
    });
  }

  private unsignedDetail(delta: Json | undefined): string | undefined {
    const texts = list(member(delta, 'reasoning_details')).filter((detail) => member(detail, 'signature') === undefined);
    return texts.map((detail) => text(member(detail, 'text')) ?? '').join('') || undefined;
  }

  private details(delta: Json | undefined): ChatEvent[] {
    return list(member(delta, 'reasoning_details')).flatMap((detail): ChatEvent[] => {
      const signature = text(member(detail, 'signature'));
      const redacted = text(member(detail, 'data'));
      if (redacted !== undefined && member(detail, 'type') === 'reasoning.encrypted') {
        const index = this.parts++;
        return [...this.close(), { type: 'part-start', index, part: { kind: 'reasoning', text: '', redacted } }, { type: 'part-end', index }];
      }
      if (signature === undefined) return [];
      const opened = this.open?.kind === 'reasoning' ? [] : this.say('reasoning', text(member(detail, 'text')) ?? '', true);
      return this.open ? [...opened, { type: 'signature-delta', index: this.open.index, signature }, ...this.close()] : opened;
    });
  }

  private say(kind: TextKind, said: string | undefined, evenEmpty = false): ChatEvent[] {
    if (said === undefined || (said === '' && !evenEmpty)) return [];
    const events: ChatEvent[] = [];
    if (this.open?.kind !== kind) {
      events.push(...this.close());
      this.open = { kind, index: this.parts++ };
      const part: Part = { kind, text: '' };
      events.push({ type: 'part-start', index: this.open.index, part });
    }
    if (said !== '' && this.open) events.push({ type: 'text-delta', index: this.open.index, text: said });
    return events;
  }

  private close(): ChatEvent[] {
    const open = this.open;
    this.open = undefined;
    return open ? [{ type: 'part-end', index: open.index }] : [];
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}
