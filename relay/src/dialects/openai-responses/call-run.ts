import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';
import type { Emit } from './message-run.ts';
import { callItem } from './response-object.ts';

/** A call while its arguments arrive. Several may be under way at once. */
export class CallRun {
  private readonly emit: Emit;
  private readonly index: number;
  private readonly id: string;
  private readonly call: { id: string; name: string; namespace?: string };
  private said = '';

  constructor(emit: Emit, index: number, id: string, call: { id: string; name: string; namespace?: string }) {
    this.emit = emit;
    this.index = index;
    this.id = id;
    this.call = call;
  }

  begin(): Frame {
    return this.emit('response.output_item.added', { output_index: this.index, item: { ...callItem(this.id, this.call, ''), status: 'in_progress' } });
  }

  say(piece: string): Frame[] {
    this.said += piece;
    return [this.emit('response.function_call_arguments.delta', { item_id: this.id, output_index: this.index, delta: piece })];
  }

  /** No arguments are an empty object. */
  end(): { frames: Frame[]; item: JsonObject } {
    const empty = this.said.trim() === '' ? this.say('{}') : [];
    const item = callItem(this.id, this.call, this.said);
    return {
      item,
      frames: [
        ...empty,
        this.emit('response.function_call_arguments.done', { item_id: this.id, output_index: this.index, name: this.call.name, arguments: this.said }),
        this.emit('response.output_item.done', { output_index: this.index, item }),
      ],
    };
  }
}
