/** Events as chunks (dialects 6.7). */
import { Failure } from '../../failure/failure.ts';
import { answerId } from '../answer-id.ts';
import type { ChatEvent, Json, JsonObject, Part } from '../chat-event.ts';
import type { AnswerWriter, Frame, WriterOptions } from '../dialect.ts';
import { noTokens } from '../usage.ts';
import { cleaned } from '../upstream-refusal.ts';
import { signatureMember } from './call-signature.ts';
import { renderStreamFailure } from './failure.ts';
import { writeFinish } from './finish.ts';
import { reasoningDetail } from './reasoning-detail.ts';
import { writeUsage } from './usage-writer.ts';

export const newWriter = (options: WriterOptions): AnswerWriter => new Writer(options);

type Open = { part: Part; call: number; said: boolean };

class Writer implements AnswerWriter {
  private readonly options: WriterOptions;
  private readonly open = new Map<number, Open>();
  private head: JsonObject = {};
  private calls = 0;
  private details = 0;
  private tokens = noTokens;
  private failed = false;

  constructor(options: WriterOptions) { this.options = options; }

  write(event: ChatEvent): Frame[] {
    switch (event.type) {
      case 'answer-start': return this.start(event);
      case 'part-start': return this.openPart(event.index, event.part);
      case 'text-delta': return this.text(event.index, event.text);
      case 'arguments-delta': return this.argument(event.index, event.text);
      case 'signature-delta': return this.sign(event.index, event.signature);
      case 'citation': return [];
      case 'part-end': return this.close(event.index);
      case 'usage-report': this.tokens = event.tokens; return [];
      case 'answer-finish': return [this.chunk({}, writeFinish(event.reason))];
      case 'answer-failure': this.failed = true; return renderStreamFailure(broken(event.message), this.options.requestId);
      case 'answer-end': return this.end();
    }
  }

  private start(event: ChatEvent & { type: 'answer-start' }): Frame[] {
    const id = answerId('chatcmpl-', event.id, this.options.requestId);
    this.head = { id, object: 'chat.completion.chunk', created: event.created || (this.options.createdAt ?? 0), model: this.options.model };
    return [this.chunk({ role: 'assistant', content: '' })];
  }

  private openPart(index: number, part: Part): Frame[] {
    const call = part.kind === 'tool-call' ? this.calls++ : 0;
    this.open.set(index, { part, call, said: false });
    if (part.kind === 'tool-call') {
      return [this.chunk({ tool_calls: [{ index: call, id: part.id, type: 'function', function: { name: part.name, arguments: '' }, ...signatureMember(part.signature) }] })];
    }
    return part.kind === 'reasoning' && part.redacted !== undefined ? [this.chunk({ reasoning_details: [reasoningDetail(part, this.details++)] })] : [];
  }

  private text(index: number, said: string): Frame[] {
    const open = this.open.get(index);
    if (!open || said === '') return [];
    if (open.part.kind === 'text') return [this.chunk({ content: said })];
    if (open.part.kind === 'refusal') return [this.chunk({ refusal: said })];
    if (open.part.kind !== 'reasoning') return [];
    open.part = { ...open.part, text: open.part.text + said };
    return [this.chunk({ reasoning_content: said })];
  }

  private argument(index: number, piece: string): Frame[] {
    const open = this.open.get(index);
    if (open?.part.kind !== 'tool-call' || piece === '') return [];
    open.said = true;
    return [this.chunk({ tool_calls: [{ index: open.call, function: { arguments: piece } }] })];
  }

  private sign(index: number, signature: string): Frame[] {
    const open = this.open.get(index);
    if (open?.part.kind === 'reasoning') open.part = { ...open.part, signature: (open.part.signature ?? '') + signature };
    return [];
  }

  private close(index: number): Frame[] {
    const open = this.open.get(index);
    this.open.delete(index);
    if (open?.part.kind === 'tool-call' && !open.said) return [this.chunk({ tool_calls: [{ index: open.call, function: { arguments: '{}' } }] })];
    if (open?.part.kind === 'reasoning' && open.part.signature !== undefined) return [this.chunk({ reasoning_details: [reasoningDetail(open.part, this.details++)] })];
    return [];
  }

  private end(): Frame[] {
    if (this.failed) return [];
    const usage = this.options.streamUsage ? [frame({ ...this.head, choices: [], usage: writeUsage(this.tokens) })] : [];
    return [...usage, { event: undefined, data: '[DONE]' }];
  }

  private chunk(delta: JsonObject, finish: string | null = null): Frame {
    const choices: Json = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
    return frame({ ...this.head, choices, ...(this.options.streamUsage ? { usage: null } : {}) });
  }
}

const frame = (chunk: JsonObject): Frame => ({ event: undefined, data: JSON.stringify(chunk) });

/** The provider said it into an answer that had begun: its words, cleaned. */
const broken = (message: string): Failure => new Failure('answer_cut', { say: cleaned(message) });
