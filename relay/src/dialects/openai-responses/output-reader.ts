import type { ChatEvent, Json, JsonObject } from '../chat-event.ts';
import { member, text } from '../json-member.ts';
import { readLogprobs } from '../answer/openai-logprobs.ts';
import { type Answer, ItemReader } from './item-reader.ts';

type Read = (item: ItemReader, event: JsonObject) => ChatEvent[];

const string = (event: JsonObject, name: string): string => text(event[name]) ?? '';
const number = (event: JsonObject, name: string): string => JSON.stringify(event[name] ?? 0);

/** Events inside of an item. All others tell what a client of another dialect cannot see, or come again with the item's end. */
const reads: Readonly<Record<string, Read>> = {
  'response.output_text.delta': (item, event) => item.say('text', number(event, 'content_index'), string(event, 'delta'), readLogprobs(event['logprobs'])),
  'response.output_text.annotation.added': (item, event) => item.cite(number(event, 'content_index'), event['annotation']),
  'response.output_text.done': (item, event) => item.saidWhole('text', number(event, 'content_index'), string(event, 'text')),
  'response.refusal.delta': (item, event) => item.say('refusal', number(event, 'content_index'), string(event, 'delta')),
  'response.refusal.done': (item, event) => item.saidWhole('refusal', number(event, 'content_index'), string(event, 'refusal')),
  'response.reasoning_summary_text.delta': (item, event) => item.think(`summary${number(event, 'summary_index')}`, string(event, 'delta')),
  'response.reasoning_summary_text.done': (item, event) => item.thoughtWhole(`summary${number(event, 'summary_index')}`, string(event, 'text')),
  'response.reasoning_text.delta': (item, event) => item.think(`content${number(event, 'content_index')}`, string(event, 'delta')),
  'response.reasoning_text.done': (item, event) => item.thoughtWhole(`content${number(event, 'content_index')}`, string(event, 'text')),
  'response.function_call_arguments.delta': (item, event) => item.argue(string(event, 'delta')),
  'response.function_call_arguments.done': (item, event) => item.arguedWhole(string(event, 'arguments')),
};
const added = 'response.output_item.added', done = 'response.output_item.done';

export class OutputReader {
  private readonly items = new Map<Json | undefined, ItemReader>();
  private readonly ids = new Set<Json | undefined>();
  private announced = 0;
  private readonly answer: Answer;

  /** @param family who made the answer */
  constructor(family: string) {
    let parts = 0;
    this.answer = { family, model: '', next: () => parts++, hasCalls: false, commented: false };
  }

  set model(name: string) { this.answer.model = name; }
  get hasCalls(): boolean { return this.answer.hasCalls; }

  knows({ type }: JsonObject): boolean { return type === added || type === done || (typeof type === 'string' && Object.hasOwn(reads, type)); }

  read(event: JsonObject): ChatEvent[] {
    const index = event['output_index'];
    if (event['type'] === added) return this.add(index, event['item']);
    const known = this.items.get(index);
    if (event['type'] !== done) return known ? reads[text(event['type']) ?? '']?.(known, event) ?? [] : [];
    const begun = known ? [] : this.add(index, event['item']);
    const item = this.items.get(index);
    this.items.delete(index);
    return [...begun, ...(item?.done(event['item']) ?? [])];
  }

  /** Items that only the last event knows. Where as many were told as there are, they are these, whatever their ids. */
  unannounced(output: readonly Json[]): ChatEvent[] {
    if (this.announced >= output.length) return [];
    const isNew = (item: Json): boolean => ![member(item, 'id'), member(item, 'call_id')].some((id) => id !== undefined && this.ids.has(id));
    return output.filter(isNew).flatMap((item) => {
      const reader = new ItemReader(item, this.answer);
      return [...this.opened(reader, item), ...reader.done(item)];
    });
  }

  end(): ChatEvent[] { return [...this.items.values()].flatMap((item) => item.end()); }

  private add(index: Json | undefined, wire: Json | undefined): ChatEvent[] {
    const before = this.items.get(index)?.end() ?? [];
    const item = new ItemReader(wire, this.answer);
    this.items.set(index, item);
    this.announced++;
    for (const id of [member(wire, 'id'), member(wire, 'call_id')]) if (id !== undefined) this.ids.add(id);
    return [...before, ...this.opened(item, wire)];
  }

  private opened(item: ItemReader, wire: Json | undefined): ChatEvent[] {
    if (item.type === 'custom_tool_call') return item.call(wire);
    return item.type === 'function_call' ? [...item.call(wire), ...item.argue(text(member(wire, 'arguments')) ?? '')] : [];
  }
}
