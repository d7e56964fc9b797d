/** A message of the answer while it grows: neighbouring texts are one part, a refusal beside them is another (dialects 6.8). */
import type { JsonObject, TokenLogprob } from '../chat-event.ts';
import { codePoints } from '../answer/code-points.ts';
import type { Frame } from '../dialect.ts';
import { writeLogprobs } from '../answer/openai-logprobs.ts';
import { messageItem, refusalPart, textPart } from './response-object.ts';

export type Emit = (type: string, members: JsonObject) => Frame;

export class MessageRun {
  private readonly emit: Emit;
  private readonly index: number;
  private readonly id: string;
  private readonly content: JsonObject[] = [];
  private open: { kind: 'text' | 'refusal'; said: string; annotations: JsonObject[]; logprobs: JsonObject[] } | undefined;

  constructor(emit: Emit, index: number, id: string) {
    this.emit = emit;
    this.index = index;
    this.id = id;
  }

  begin(): Frame {
    return this.emit('response.output_item.added', { output_index: this.index, item: { id: this.id, type: 'message', status: 'in_progress', role: 'assistant', content: [] } });
  }

  /** Code points of the text that is open. */
  get length(): number { return this.open?.kind === 'text' ? codePoints(this.open.said) : 0; }

  say(kind: 'text' | 'refusal', piece: string, tokens: readonly TokenLogprob[] = []): Frame[] {
    const before = this.open?.kind === kind ? [] : this.turn(kind);
    const logprobs = writeLogprobs(tokens);
    if (this.open) this.open.said += piece;
    this.open?.logprobs.push(...logprobs);
    const grown = kind === 'text'
      ? this.emit('response.output_text.delta', { ...this.place(), delta: piece, logprobs })
      : this.emit('response.refusal.delta', { ...this.place(), delta: piece });
    return [...before, grown];
  }

  /** A text, though nothing of it came. */
  touch(): Frame[] { return this.open?.kind === 'text' ? [] : this.turn('text'); }

  annotate(annotation: JsonObject): Frame[] {
    if (this.open?.kind !== 'text') return [];
    const index = this.open.annotations.push(annotation) - 1;
    return [this.emit('response.output_text.annotation.added', { ...this.place(), annotation_index: index, annotation })];
  }

  /** @returns the last events, and the message as it stands now */
  end(): { frames: Frame[]; item: JsonObject } {
    const closed = this.closePart();
    const item = messageItem(this.id, this.content);
    return { frames: [...closed, this.emit('response.output_item.done', { output_index: this.index, item })], item };
  }

  private turn(kind: 'text' | 'refusal'): Frame[] {
    const closed = this.closePart();
    this.open = { kind, said: '', annotations: [], logprobs: [] };
    return [...closed, this.emit('response.content_part.added', { ...this.place(), part: kind === 'text' ? textPart('') : refusalPart('') })];
  }

  private closePart(): Frame[] {
    if (!this.open) return [];
    const { kind, said, annotations, logprobs } = this.open;
    const part = kind === 'text' ? textPart(said, annotations, logprobs) : refusalPart(said);
    const done = kind === 'text'
      ? this.emit('response.output_text.done', { ...this.place(), text: said, logprobs })
      : this.emit('response.refusal.done', { ...this.place(), refusal: said });
    const frames = [done, this.emit('response.content_part.done', { ...this.place(), part })];
    this.content.push(part);
    this.open = undefined;
    return frames;
  }

  private place(): JsonObject { return { item_id: this.id, output_index: this.index, content_index: this.content.length }; }
}
