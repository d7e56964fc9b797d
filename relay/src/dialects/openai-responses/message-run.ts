/** A message of the answer while it grows: neighbouring texts are one part, a refusal beside them is another (dialects 6.8). */
import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';
import { messageItem, refusalPart, textPart } from './response-object.ts';

export type Emit = (type: string, members: JsonObject) => Frame;

export class MessageRun {
  private readonly emit: Emit;
  private readonly index: number;
  private readonly id: string;
  private readonly content: JsonObject[] = [];
  private open: { kind: 'text' | 'refusal'; said: string } | undefined;

  constructor(emit: Emit, index: number, id: string) {
    this.emit = emit;
    this.index = index;
    this.id = id;
  }

  begin(): Frame {
    return this.emit('response.output_item.added', { output_index: this.index, item: { id: this.id, type: 'message', status: 'in_progress', role: 'assistant', content: [] } });
  }

  say(kind: 'text' | 'refusal', piece: string): Frame[] {
    const before = this.open?.kind === kind ? [] : this.turn(kind);
    if (this.open) this.open.said += piece;
    const grown = kind === 'text'
      ? this.emit('response.output_text.delta', { ...this.place(), delta: piece, logprobs: [] })
      : this.emit('response.refusal.delta', { ...this.place(), delta: piece });
    return [...before, grown];
  }

  /** @returns the last events, and the message as it stands now */
  end(): { frames: Frame[]; item: JsonObject } {
    const closed = this.closePart();
    const item = messageItem(this.id, this.content);
    return { frames: [...closed, this.emit('response.output_item.done', { output_index: this.index, item })], item };
  }

  private turn(kind: 'text' | 'refusal'): Frame[] {
    const closed = this.closePart();
    this.open = { kind, said: '' };
    return [...closed, this.emit('response.content_part.added', { ...this.place(), part: kind === 'text' ? textPart('') : refusalPart('') })];
  }

  private closePart(): Frame[] {
    if (!this.open) return [];
    const { kind, said } = this.open;
    const part = kind === 'text' ? textPart(said) : refusalPart(said);
    const done = kind === 'text'
      ? this.emit('response.output_text.done', { ...this.place(), text: said, logprobs: [] })
      : this.emit('response.refusal.done', { ...this.place(), refusal: said });
    const frames = [done, this.emit('response.content_part.done', { ...this.place(), part })];
    this.content.push(part);
    this.open = undefined;
    return frames;
  }

  private place(): JsonObject { return { item_id: this.id, output_index: this.index, content_index: this.content.length }; }
}
