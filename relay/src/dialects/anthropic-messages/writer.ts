/** Events as the events of this dialect (dialects 6.9). Its blocks cannot overlap: what comes for another one waits its turn. */
import { Failure } from '../../failure/failure.ts';
import { answerId } from '../answer/answer-id.ts';
import type { ChatEvent, JsonObject } from '../chat-event.ts';
import type { AnswerWriter, Frame, WriterOptions } from '../dialect.ts';
import { JsonProgress } from '../json-progress.ts';
import { cleaned } from '../upstream-refusal.ts';
import { noTokens } from '../metering/usage.ts';
import { AnswerBlockWriter, frame } from './answer-block-writer.ts';
import { renderStreamFailure } from './failure.ts';
import { stopMembers } from './finish.ts';
import { writeUsage } from './usage-writer.ts';

export const newWriter = (options: WriterOptions): AnswerWriter => new Writer(options);

type PartEvent = Extract<ChatEvent, { index: number }>;
type Finish = ChatEvent & { type: 'answer-finish' };

class Writer implements AnswerWriter {
  private readonly options: WriterOptions;
  private readonly block: AnswerBlockWriter;
  /** The part whose block is open; the arguments of a call tell when it may be closed for another. */
  private current: { index: number; call: JsonProgress | undefined } | undefined;
  private readonly waiting = new Map<number, PartEvent[]>();
  /** Their ends may still come, and white space behind their arguments. */
  private readonly closed = new Set<number>();
  private tokens = noTokens;
  private finish: Finish | undefined;
  private failed = false;
  /** Parts that refuse, and what they say. */
  private readonly refusing = new Set<number>();
  private refusal = '';

  constructor(options: WriterOptions) {
    this.options = options;
    this.block = new AnswerBlockWriter(options);
  }

  write(event: ChatEvent): Frame[] {
    switch (event.type) {
      case 'answer-start': return [frame('message_start', { message: this.message(event) })];
      case 'usage-report': this.tokens = event.tokens; return [];
      case 'answer-finish': if (event.choice) return []; this.finish = event; return this.flush();
      case 'answer-failure': this.failed = true; return renderStreamFailure(new Failure('answer_cut', { say: cleaned(event.message) }), this.options.requestId);
      case 'answer-end': return this.failed ? [] : this.end();
      default: return this.part(event);
    }
  }

  private message(event: ChatEvent & { type: 'answer-start' }): JsonObject {
    return {
      id: answerId('msg_', event.id, this.options.requestId), type: 'message', role: 'assistant', model: this.options.model, content: [],
      stop_reason: null, stop_sequence: null, usage: writeUsage(noTokens),
    };
  }

  private part(event: PartEvent): Frame[] {
    if (event.type === 'part-start' && event.part.kind === 'refusal') this.refusing.add(event.index);
    // One answer is all that the dialect has room for.
    if (event.type === 'part-start' && event.choice) this.closed.add(event.index);
    if (this.closed.has(event.index)) return [];
    if (this.current && this.current.index !== event.index) {
      this.waiting.set(event.index, [...(this.waiting.get(event.index) ?? []), event]);
      // A call whose arguments are whole gets nothing more: the next one need not wait for its end.
      return this.current.call?.complete ? this.close() : [];
    }
    if (event.type === 'part-start') {
      this.current = { index: event.index, call: event.part.kind === 'tool-call' ? new JsonProgress() : undefined };
      return this.block.open(event.part);
    }
    if (!this.current) return [];
    if (event.type === 'part-end') return this.close();
    if (event.type === 'arguments-delta') this.current.call?.add(event.text);
    if (event.type === 'text-delta' && this.refusing.has(event.index)) this.refusal += event.text;
    const written = this.block.delta(event);
    return this.current.call?.complete && this.waiting.size ? [...written, ...this.close()] : written;
  }

  /** Closes the open block, and lets the next part that waits speak. */
  private close(): Frame[] {
    const closed = this.block.close();
    if (this.current) this.closed.add(this.current.index);
    this.current = undefined;
    const [next] = this.waiting;
    if (!next) return closed;
    this.waiting.delete(next[0]);
    return [...closed, ...next[1].flatMap((event) => this.part(event))];
  }

  /** At the finish nobody waits any more. */
  private flush(): Frame[] {
    const frames: Frame[] = [];
    while (this.current || this.waiting.size) frames.push(...this.close());
    return [...frames, ...this.block.settle()];
  }

  private end(): Frame[] {
    const flushed = this.flush();
    return [
      ...flushed,
      frame('message_delta', { delta: stopMembers(this.finish, this.refusal), usage: writeUsage(this.tokens) }),
      frame('message_stop', {}),
    ];
  }
}
