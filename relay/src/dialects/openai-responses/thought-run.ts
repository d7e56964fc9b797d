/** A reasoning item while it grows. It is announced with its first words, or at its end when it carries nothing but a signature. */
import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';
import type { Emit } from './message-run.ts';
import { reasoningItem } from './response-object.ts';

export class ThoughtRun {
  private readonly emit: Emit;
  private readonly index: number;
  private readonly id: string;
  private said = '';

  constructor(emit: Emit, index: number, id: string) {
    this.emit = emit;
    this.index = index;
    this.id = id;
  }

  begin(): Frame {
    return this.emit('response.output_item.added', { output_index: this.index, item: { id: this.id, type: 'reasoning', summary: [] } });
  }

  say(piece: string): Frame[] {
    const before = this.said === '' ? [this.emit('response.reasoning_summary_part.added', { ...this.place(), part: { type: 'summary_text', text: '' } })] : [];
    this.said += piece;
    return [...before, this.emit('response.reasoning_summary_text.delta', { ...this.place(), delta: piece })];
  }

  end(encrypted: string | undefined): { frames: Frame[]; item: JsonObject } {
    const item = reasoningItem(this.id, this.said, encrypted);
    const told = this.said === '' ? [] : [
      this.emit('response.reasoning_summary_text.done', { ...this.place(), text: this.said }),
      this.emit('response.reasoning_summary_part.done', { ...this.place(), part: { type: 'summary_text', text: this.said } }),
    ];
    return { frames: [...told, this.emit('response.output_item.done', { output_index: this.index, item })], item };
  }

  private place(): JsonObject { return { item_id: this.id, output_index: this.index, summary_index: 0 }; }
}
