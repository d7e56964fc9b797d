/** Puts the fragments of tool calls together, of servers that number them, name them, repeat them, or do none of it (dialects 6.2). */
import type { ChatEvent, Json } from '../chat-event.ts';
import { isObject, list, member, parseJson, text } from '../json-member.ts';
import type { PartNumbers } from '../answer/part-numbers.ts';
import { missingCallId } from '../request/tool-call-id.ts';
import { readSignature } from './call-signature.ts';

interface Call { part: number; id: string; name: string; arguments: string }

export class CallReader {
  private readonly calls = new Map<string, Call>();
  private last: string | undefined;
  private readonly numbers: PartNumbers;

  constructor(numbers: PartNumbers) { this.numbers = numbers; }

  get any(): boolean { return this.calls.size > 0; }

  /** `answerId` makes ids where there are none. */
  read(fragments: Json | undefined, answerId: string): ChatEvent[] {
    return list(fragments).flatMap((fragment, position) => this.fragment(fragment, position, answerId));
  }

  end(): ChatEvent[] {
    return [...this.calls.values()].map((call): ChatEvent => ({ type: 'part-end', index: call.part }));
  }

  private fragment(fragment: Json, position: number, answerId: string): ChatEvent[] {
    const id = text(member(fragment, 'id')) || undefined;
    const name = text(member(member(fragment, 'function'), 'name')) || undefined;
    const key = this.keyOf(fragment, id, name, position);
    const events: ChatEvent[] = [];
    let call = this.calls.get(key);
    if (!call) {
      const part = this.numbers.next();
      call = { part, id: id ?? missingCallId(answerId, part), name: name ?? '', arguments: '' };
      this.calls.set(key, call);
      events.push({ type: 'part-start', index: part, ...this.numbers.of, part: { kind: 'tool-call', id: call.id, name: call.name, arguments: '', signature: readSignature(fragment) } });
    }
    this.last = key;
    return [...events, ...this.grow(call, member(member(fragment, 'function'), 'arguments'))];
  }

  /** By its number, else its id, else its place, else the last one. Another id and a name under a known number is another call. */
  private keyOf(fragment: Json, id: string | undefined, name: string | undefined, position: number): string {
    const index = member(fragment, 'index');
    const byIndex = typeof index === 'number' ? `#${index}` : undefined;
    const key = byIndex ?? (id ? `id:${id}` : undefined) ?? (this.last && !name ? this.last : `@${position}`);
    const known = this.calls.get(key) ?? this.calls.get(`${key}/${id ?? ''}`);
    if (known && id && name && known.id !== id) return `${key}/${id}`;
    if (!id && !name && this.last?.startsWith(`${key}/`)) return this.last;
    return this.calls.has(`${key}/${id ?? ''}`) ? `${key}/${id ?? ''}` : key;
  }

  private grow(call: Call, fragment: Json | undefined): ChatEvent[] {
    const piece = isObject(fragment) ? JSON.stringify(fragment) : text(fragment) ?? '';
    if (piece === '' || this.repeats(call, piece)) return [];
    call.arguments += piece;
    return [{ type: 'arguments-delta', index: call.part, text: piece }];
  }

  /** Some servers send the whole call a second time. */
  private repeats(call: Call, piece: string): boolean {
    return piece.startsWith('{') && call.arguments !== '' && isObject(parseJson(piece)) && isObject(parseJson(call.arguments));
  }
}
