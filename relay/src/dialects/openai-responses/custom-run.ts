import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';
import { CustomInput } from '../request/custom-input.ts';
import type { Emit } from './message-run.ts';
import { customItem } from './response-object.ts';

/** A call of a custom tool while its input arrives. */
export class CustomRun {
  private readonly emit: Emit;
  private readonly index: number;
  private readonly id: string;
  private readonly call: { id: string; name: string; namespace?: string };
  private readonly input = new CustomInput();

  constructor(emit: Emit, index: number, id: string, call: { id: string; name: string; namespace?: string }) {
    this.emit = emit;
    this.index = index;
    this.id = id;
    this.call = call;
  }

  begin(): Frame {
    return this.emit('response.output_item.added', { output_index: this.index, item: { ...customItem(this.id, this.call, ''), status: 'in_progress' } });
  }

  say(piece: string): Frame[] { return this.tell(this.input.push(piece)); }

  end(): { frames: Frame[]; item: JsonObject } {
    const { input, rest } = this.input.end();
    const item = customItem(this.id, this.call, input);
    return {
      item,
      frames: [
        ...this.tell(rest),
        this.emit('response.custom_tool_call_input.done', { item_id: this.id, output_index: this.index, input }),
        this.emit('response.output_item.done', { output_index: this.index, item }),
      ],
    };
  }

  private tell(delta: string): Frame[] {
    return delta === '' ? [] : [this.emit('response.custom_tool_call_input.delta', { item_id: this.id, output_index: this.index, delta })];
  }
}
