/** Puts the fragments of tool calls together, of servers that number them, name them, repeat them, or do none of it (dialects 6.2). */
import type { ChatEvent, Json } from '../chat-event.ts';
import { isObject, list, member, parseJson, text } from '../json-member.ts';
import type { PartNumbers } from '../answer/part-numbers.ts';
import { CustomArguments } from '../request/custom-tool.ts';
import { missingCallId } from '../request/tool-call-id.ts';
import { readSignature } from './call-signature.ts';

interface Call {
  /** Undefined until its name is known: then it is announced, with what came before. */
  part: number | undefined;
  /** As the server gave it. */
  id: string | undefined;
  name: string;
  arguments: string;
  signature: string | undefined;
  /** Of a tool that takes free text. */
  readonly input: CustomArguments | undefined;
}

export class CallReader {
  any = false;
  private readonly calls = new Map<string, Call>();
  private last: string | undefined;
  private readonly numbers: PartNumbers;

  constructor(numbers: PartNumbers) { this.numbers = numbers; }

  /** `answerId` makes ids where there are none. */
  read(fragments: Json | undefined, answerId: string): ChatEvent[] {
    return list(fragments).flatMap((fragment, position) => this.fragment(fragment, position, answerId));
  }

  /** A call of which nothing came but its place was none. */
  end(answerId: string): ChatEvent[] {
    return [...this.calls.values()].flatMap((call): ChatEvent[] => {
      const announced = call.part === undefined && call.arguments !== '' ? this.announce(call, answerId) : [];
      return call.part === undefined ? [] : [...announced, ...this.grow(call, call.input?.end()), { type: 'part-end', index: call.part }];
    });
  }

  private fragment(fragment: Json, position: number, answerId: string): ChatEvent[] {
    const custom = member(fragment, 'custom'), spec = member(fragment, 'function') ?? custom;
    const id = text(member(fragment, 'id')) || undefined, name = text(member(spec, 'name')) || undefined;
    const key = this.keyOf(fragment, id, name, position);
    const call = this.calls.get(key) ?? { part: undefined, id: undefined, name: '', arguments: '', signature: undefined, input: isObject(custom) ? new CustomArguments() : undefined };
    this.calls.set(key, call);
    this.last = key;
    call.id ??= id;
    call.name ||= name ?? '';
    call.signature ??= readSignature(fragment);
    const announced = call.part === undefined && call.name !== '' ? this.announce(call, answerId) : [];
    return [...announced, ...this.grow(call, call.input ? call.input.push(text(member(spec, 'input')) ?? '') : member(spec, 'arguments'))];
  }

  private announce(call: Call, answerId: string): ChatEvent[] {
    const index = call.part = this.numbers.next();
    const { id = missingCallId(answerId, index), name, signature, arguments: before } = call;
    this.any = true;
    const begun: ChatEvent = { type: 'part-start', index, ...this.numbers.of, part: { kind: 'tool-call', id, name, arguments: '', signature } };
    return before === '' ? [begun] : [begun, { type: 'arguments-delta', index, text: before }];
  }

  /** By its number, else its id, else its place, else the last one. Another id and a name under a known number is another call. */
  private keyOf(fragment: Json, id: string | undefined, name: string | undefined, position: number): string {
    const index = member(fragment, 'index');
    const byIndex = typeof index === 'number' ? `#${index}` : undefined;
    const key = byIndex ?? (id ? `id:${id}` : undefined) ?? (this.last && !name ? this.last : `@${position}`);
    const known = this.calls.get(key) ?? this.calls.get(`${key}/${id ?? ''}`);
    if (known?.id && id && name && known.id !== id) return `${key}/${id}`;
    if (!id && !name && this.last?.startsWith(`${key}/`)) return this.last;
    // Whole calls, one a chunk, with nothing to tell them apart.
    if (!byIndex && !id && name && known && isObject(parseJson(known.arguments))) return `${key}/${this.calls.size}`;
    return this.calls.has(`${key}/${id ?? ''}`) ? `${key}/${id ?? ''}` : key;
  }

  private grow(call: Call, fragment: Json | undefined): ChatEvent[] {
    const piece = isObject(fragment) ? JSON.stringify(fragment) : text(fragment) ?? '';
    if (piece === '' || this.repeats(call, piece)) return [];
    call.arguments += piece;
    return call.part === undefined ? [] : [{ type: 'arguments-delta', index: call.part, text: piece }];
  }

  /** Some servers send the whole call a second time. */
  private repeats(call: Call, piece: string): boolean {
    return piece.startsWith('{') && call.arguments !== '' && isObject(parseJson(piece)) && isObject(parseJson(call.arguments));
  }
}
