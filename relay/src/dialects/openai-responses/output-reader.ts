import type { ChatEvent, Json, JsonObject } from '../chat-event.ts';
import { member, text } from '../json-member.ts';
import { readLogprobs } from '../answer/openai-logprobs.ts';
import { type Answer, argumentsOf, ItemReader } from './item-reader.ts';

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
  'response.custom_tool_call_input.delta': (item, event) => item.take(string(event, 'delta')),
  'response.custom_tool_call_input.done': (item, event) => item.tookWhole(string(event, 'input')),
  'response.function_call_arguments.done': (item, event) => item.arguedWhole(string(event, 'arguments')),
};
const added = 'response.output_item.added', done = 'response.output_item.done';

export class OutputReader {
  private readonly items = new Map<Json | undefined, ItemReader>();
  private readonly ended = new Set<Json | undefined>();
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
    const index = event['output_index'], type = text(event['type']) ?? '';
    if (type === added) return this.add(index, event['item']);
    if (type === done) return this.done(index, event['item']);
    const begun = this.items.has(index) || this.ended.has(index) ? [] : this.addUntold(index, type, event['item_id']);
    const item = this.items.get(index);
    return item ? [...begun, ...(reads[type]?.(item, event) ?? [])] : begun;
  }

  private done(index: Json | undefined, wire: Json | undefined): ChatEvent[] {
    const begun = this.items.has(index) ? [] : this.add(index, wire);
    const item = this.items.get(index);
    this.items.delete(index);
    this.ended.add(index);
    return [...begun, ...(item?.done(wire) ?? [])];
  }

  /** Some speak of an item without a word of its beginning. */
  private addUntold(index: Json | undefined, type: string, id: Json | undefined): ChatEvent[] {
    if (type.startsWith('response.output_text.') || type.startsWith('response.refusal.')) return this.add(index, { type: 'message', id: id ?? null });
    return type.startsWith('response.reasoning_') ? this.add(index, { type: 'reasoning', id: id ?? null }) : [];
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
    this.ended.delete(index);
    this.announced++;
    for (const id of [member(wire, 'id'), member(wire, 'call_id')]) if (id !== undefined && id !== null) this.ids.add(id);
    return [...before, ...this.opened(item, wire)];
  }

  private opened(item: ItemReader, wire: Json | undefined): ChatEvent[] {
    if (item.type === 'custom_tool_call') return [...item.call(wire), ...item.take(text(member(wire, 'input')) ?? '')];
    return item.type === 'function_call' ? [...item.call(wire), ...item.argue(argumentsOf(wire))] : [];
  }
}
