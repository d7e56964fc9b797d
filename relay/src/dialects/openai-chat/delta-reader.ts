/** Deltas as parts: texts follow each other, calls may overlap (dialects 6.2). A whole message is one delta. */
import type { ChatEvent, Json, Part } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { CallReader } from './call-reader.ts';

type TextKind = 'text' | 'reasoning' | 'refusal';

export class DeltaReader {
  private next = 0;
  private open: { kind: TextKind; index: number } | undefined;
  private readonly calls = new CallReader(() => this.next++);

  /** Anything at all was said. */
  get any(): boolean { return this.next > 0; }
  get hasCalls(): boolean { return this.calls.any; }

  end(): ChatEvent[] { return [...this.close(), ...this.calls.end()]; }

  /** `answerId` makes ids for calls that come without. */
  read(delta: Json | undefined, answerId: string): ChatEvent[] {
    return [
      ...this.say('reasoning', text(member(delta, 'reasoning_content')) || text(member(delta, 'reasoning')) || this.unsignedDetail(delta)),
      ...this.details(delta),
      ...this.content(member(delta, 'content')),
      ...this.say('refusal', text(member(delta, 'refusal'))),
      ...this.toolCalls(delta, answerId),
    ];
  }

  private toolCalls(delta: Json | undefined, answerId: string): ChatEvent[] {
    const fragments = member(delta, 'tool_calls') ?? (isObject(member(delta, 'function_call')) ? [{ index: 0, function: member(delta, 'function_call') ?? null }] : []);
    return list(fragments).length ? [...this.close(), ...this.calls.read(fragments, answerId)] : [];
  }

  /** A text, or the parts of Mistral. */
  private content(content: Json | undefined): ChatEvent[] {
    if (!Array.isArray(content)) return this.say('text', text(content));
    return content.flatMap((part) => {
      if (member(part, 'type') !== 'thinking') return this.say('text', text(member(part, 'text')));
      return list(member(part, 'thinking')).flatMap((thought) => this.say('reasoning', text(member(thought, 'text'))));
    });
  }

  private unsignedDetail(delta: Json | undefined): string | undefined {
    const texts = list(member(delta, 'reasoning_details')).filter((detail) => member(detail, 'signature') === undefined);
    return texts.map((detail) => text(member(detail, 'text')) ?? '').join('') || undefined;
  }

  private details(delta: Json | undefined): ChatEvent[] {
    return list(member(delta, 'reasoning_details')).flatMap((detail): ChatEvent[] => {
      const signature = text(member(detail, 'signature'));
      const redacted = text(member(detail, 'data'));
      if (redacted !== undefined && member(detail, 'type') === 'reasoning.encrypted') {
        const index = this.next++;
        return [...this.close(), { type: 'part-start', index, part: { kind: 'reasoning', text: '', redacted } }, { type: 'part-end', index }];
      }
      if (signature === undefined) return [];
      const opened = this.open?.kind === 'reasoning' ? [] : this.say('reasoning', text(member(detail, 'text')) ?? '', true);
      return this.open ? [...opened, { type: 'signature-delta', index: this.open.index, signature }, ...this.close()] : opened;
    });
  }

  private say(kind: TextKind, said: string | undefined, evenEmpty = false): ChatEvent[] {
    if (said === undefined || (said === '' && !evenEmpty)) return [];
    const events: ChatEvent[] = [];
    if (this.open?.kind !== kind) {
      events.push(...this.close());
      this.open = { kind, index: this.next++ };
      const part: Part = { kind, text: '' };
      events.push({ type: 'part-start', index: this.open.index, part });
    }
    if (said !== '' && this.open) events.push({ type: 'text-delta', index: this.open.index, text: said });
    return events;
  }

  private close(): ChatEvent[] {
    const open = this.open;
    this.open = undefined;
    return open ? [{ type: 'part-end', index: open.index }] : [];
  }
}
