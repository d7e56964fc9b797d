/** Puts the fragments of tool calls together, of servers that number them, name them, repeat them, or do none of it (dialects 6.2). */
import type { ChatEvent, Json } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { PartNumbers } from '../answer/part-numbers.ts';
import { CustomArguments } from '../request/custom-tool.ts';
import { missingCallId } from '../request/tool-call-id.ts';
import { type Call, CallPlaces } from './call-places.ts';
import { readSignature } from './call-signature.ts';

export class CallReader {
  any = false;
  private readonly places = new CallPlaces();
  private readonly numbers: PartNumbers;

  constructor(numbers: PartNumbers) { this.numbers = numbers; }

  /** `answerId` makes ids where there are none. */
  read(fragments: Json | undefined, answerId: string): ChatEvent[] {
    return list(fragments).flatMap((fragment, position) => this.fragment(fragment, position, answerId));
  }

  /** A call of which nothing came but its place was none. */
  end(answerId: string): ChatEvent[] {
    return this.places.all.flatMap((call): ChatEvent[] => {
      const announced = call.part === undefined && call.arguments !== '' ? this.announce(call, answerId) : [];
      return call.part === undefined ? [] : [...announced, ...this.grow(call, call.input?.end() ?? ''), { type: 'part-end', index: call.part }];
    });
  }

  private fragment(fragment: Json, position: number, answerId: string): ChatEvent[] {
    const custom = member(fragment, 'custom'), spec = member(fragment, 'function') ?? custom;
    const id = text(member(fragment, 'id')) || undefined, name = text(member(spec, 'name')) || undefined, given = member(spec, 'arguments');
    const args = isObject(given) ? JSON.stringify(given) : text(given) ?? '';
    const call = this.places.callOf({ index: member(fragment, 'index'), position, id, name, arguments: args }, () => (isObject(custom) ? new CustomArguments() : undefined));
    if (!call) return [];
    call.id ??= id;
    call.name ||= name ?? '';
    call.signature ??= readSignature(fragment);
    const announced = call.part === undefined && call.name !== '' ? this.announce(call, answerId) : [];
    return [...announced, ...this.grow(call, call.input ? call.input.push(text(member(spec, 'input')) ?? '') : args)];
  }

  private announce(call: Call, answerId: string): ChatEvent[] {
    const index = call.part = this.numbers.next();
    const { id = missingCallId(answerId, index), name, signature, arguments: before } = call;
    this.any = true;
    const begun: ChatEvent = { type: 'part-start', index, ...this.numbers.of, part: { kind: 'tool-call', id, name, arguments: '', signature } };
    return before === '' ? [begun] : [begun, { type: 'arguments-delta', index, text: before }];
  }

  private grow(call: Call, piece: string): ChatEvent[] {
    if (piece === '') return [];
    call.arguments += piece;
    return call.part === undefined ? [] : [{ type: 'arguments-delta', index: call.part, text: piece }];
  }
}
