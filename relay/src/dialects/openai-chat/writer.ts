/** Events as chunks (dialects 6.7). */
import { Failure } from '../../failure/failure.ts';
import { answerId } from '../answer/answer-id.ts';
import type { ChatEvent, Citation, Json, JsonObject, Part } from '../chat-event.ts';
import type { AnswerWriter, Frame, WriterOptions } from '../dialect.ts';
import { noTokens } from '../metering/usage.ts';
import { cleaned } from '../upstream-refusal.ts';
import { codePoints } from '../answer/code-points.ts';
import { writeLogprobs } from '../answer/openai-logprobs.ts';
import { writeAnnotations } from './annotation.ts';
import { CallWriter } from './call-writer.ts';
import { renderStreamFailure } from './failure.ts';
import { writeFinish } from './finish.ts';
import { audioMember, imageMember } from './media-writer.ts';
import { reasoningDetail } from './reasoning-detail.ts';
import { writeUsage } from './usage-writer.ts';

export const newWriter = (options: WriterOptions): AnswerWriter => new Writer(options);

interface Open { part: Part; choice: number; call: CallWriter | undefined; citations: Citation[] }

class Writer implements AnswerWriter {
  private readonly options: WriterOptions;
  private readonly open = new Map<number, Open>();
  private readonly progress = new Map<number, { calls: number; details: number; images: number; said: number; refused: boolean }>();
  private head: JsonObject = {};
  private tokens = noTokens;
  private failed = false;

  constructor(options: WriterOptions) { this.options = options; }

  write(event: ChatEvent): Frame[] {
    switch (event.type) {
      case 'answer-start': return this.start(event);
      case 'part-start': return this.openPart(event.index, event.part, event.choice ?? 0);
      case 'text-delta': return this.text(event);
      case 'arguments-delta': return this.argument(event.index, event.text);
      case 'signature-delta': return this.sign(event.index, event.signature);
      case 'citation': this.open.get(event.index)?.citations.push(event.citation); return [];
      case 'part-end': return this.close(event.index);
      case 'usage-report': this.tokens = event.tokens; return [];
      case 'answer-finish': return this.finish(event);
      case 'answer-failure': this.failed = true; return renderStreamFailure(broken(event.message), this.options.requestId);
      case 'answer-end': return this.end();
    }
  }

  private start(event: ChatEvent & { type: 'answer-start' }): Frame[] {
    const id = answerId('chatcmpl-', event.id, this.options.requestId);
    this.head = { id, object: 'chat.completion.chunk', created: event.created || (this.options.createdAt ?? 0), model: this.options.model };
    const count = Math.max(1, Math.min(this.options.answers ?? 1, mostChoices));
    return Array.from({ length: count }, (_, choice) => this.chunk({ role: 'assistant', content: '' }, choice));
  }

  private openPart(index: number, part: Part, choice: number): Frame[] {
    const counts = this.countsOf(choice);
    const call = part.kind === 'tool-call' ? new CallWriter(part, counts.calls++, this.options) : undefined;
    this.open.set(index, { part, choice, call, citations: [] });
    if (call) return [this.chunk(call.begin(), choice)];
    if (part.kind === 'image') return this.media(imageMember(part, counts.images++), choice);
    if (part.kind === 'audio') return this.media(audioMember(part), choice);
    return part.kind === 'reasoning' && part.redacted !== undefined ? [this.chunk({ reasoning_details: [reasoningDetail(part, counts.details++)] }, choice)] : [];
  }

  private media(member: JsonObject | undefined, choice: number): Frame[] { return member ? [this.chunk(member, choice)] : []; }

  private text({ index, text: said, logprobs }: ChatEvent & { type: 'text-delta' }): Frame[] {
    const open = this.open.get(index);
    if (!open || said === '') return [];
    const { part, choice } = open;
    if (part.kind === 'refusal') { this.countsOf(choice).refused = true; return [this.chunk({ refusal: said }, choice)]; }
    if (part.kind !== 'text' && part.kind !== 'reasoning') return [];
    open.part = { ...part, text: part.text + said };
    if (part.kind === 'reasoning') return [this.chunk({ reasoning_content: said, ...(this.options.alsoReasoning ? { reasoning: said } : {}) }, choice)];
    return [this.chunk({ content: said }, choice, logprobs ? { logprobs: { content: writeLogprobs(logprobs), refusal: null } } : {})];
  }

  private argument(index: number, piece: string): Frame[] {
    const open = this.open.get(index);
    return open?.call && piece !== '' ? open.call.say(piece).map((delta) => this.chunk(delta, open.choice)) : [];
  }

  private sign(index: number, signature: string): Frame[] {
    const open = this.open.get(index);
    if (open?.part.kind === 'reasoning') open.part = { ...open.part, signature: (open.part.signature ?? '') + signature };
    return [];
  }

  private close(index: number): Frame[] {
    const open = this.open.get(index);
    this.open.delete(index);
    if (!open) return [];
    const { part, choice, call, citations } = open;
    const counts = this.countsOf(choice);
    if (call) return call.end().map((delta) => this.chunk(delta, choice));
    if (part.kind === 'reasoning') return part.signature === undefined ? [] : [this.chunk({ reasoning_details: [reasoningDetail(part, counts.details++)] }, choice)];
    if (part.kind !== 'text') return [];
    const annotations = writeAnnotations(citations, counts.said);
    counts.said += codePoints(part.text);
    return annotations.length ? [this.chunk({ annotations }, choice)] : [];
  }

  /** Why it refused is told where it said nothing itself. */
  private finish({ reason, detail, choice = 0 }: ChatEvent & { type: 'answer-finish' }): Frame[] {
    const { said, refused } = this.countsOf(choice);
    const why = reason === 'content_filter' && detail && said === 0 && !refused ? [this.chunk({ refusal: detail }, choice)] : [];
    return [...why, this.chunk({}, choice, { finish_reason: writeFinish(reason, this.options.oldFunctions) })];
  }

  private end(): Frame[] {
    if (this.failed) return [];
    const usage = this.options.streamUsage ? [frame({ ...this.head, choices: [], usage: writeUsage(this.tokens) })] : [];
    return [...usage, { event: undefined, data: '[DONE]' }];
  }

  private countsOf(choice: number) {
    let counts = this.progress.get(choice);
    if (!counts) this.progress.set(choice, counts = { calls: 0, details: 0, images: 0, said: 0, refused: false });
    return counts;
  }

  private chunk(delta: JsonObject, index = 0, more: JsonObject = {}): Frame {
    const choices: Json = [{ index, delta, logprobs: null, finish_reason: null, ...more }];
    return frame({ ...this.head, choices, ...(this.options.streamUsage ? { usage: null } : {}) });
  }
}

/** As many as the dialect allows. */
const mostChoices = 128;

const frame = (chunk: JsonObject): Frame => ({ event: undefined, data: JSON.stringify(chunk) });

/** The provider said it into an answer that had begun: its words, cleaned. */
const broken = (message: string): Failure => new Failure('answer_cut', { say: cleaned(message) });
