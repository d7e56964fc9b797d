/** The parts of an answer as they open, grow and close, for upstreams that say less about it than our events do. */
import type { ChatEvent, Part } from '../chat-event.ts';
import { missingCallId } from '../request/tool-call-id.ts';

type Said = 'text' | 'reasoning';

export class AnswerParts {
  hasCalls = false;
  private next = 0;
  private open: { kind: Said | 'call'; key: string; index: number } | undefined;

  /** Goes on with the part that is open, or closes it and opens another. Empty text opens nothing. */
  say(kind: Said, text: string | undefined, key = ''): ChatEvent[] {
    if (!text) return [];
    return [...this.begin(kind, key, { kind, text: '' }), { type: 'text-delta', index: this.open?.index ?? 0, text }];
  }

  /** A signature of the thoughts that are open, or of thoughts without words. */
  sign(signature: string, key = ''): ChatEvent[] {
    return [...this.begin('reasoning', key, { kind: 'reasoning', text: '' }), { type: 'signature-delta', index: this.open?.index ?? 0, signature }];
  }

  /** A part that is whole. */
  whole(part: Part): ChatEvent[] {
    const closed = this.close(), index = this.next++;
    return [...closed, { type: 'part-start', index, part }, { type: 'part-end', index }];
  }

  /** @param id made from the answer's where it is missing */
  call(key: string, id: string | undefined, name: string, answerId: string): ChatEvent[] {
    this.hasCalls = true;
    const part: Part = { kind: 'tool-call', id: id || missingCallId(answerId, this.next), name, arguments: '' };
    return [...this.close(), ...this.begin('call', key, part)];
  }

  argue(text: string | undefined): ChatEvent[] {
    return text && this.open?.kind === 'call' ? [{ type: 'arguments-delta', index: this.open.index, text }] : [];
  }

  close(): ChatEvent[] {
    const { open } = this;
    this.open = undefined;
    return open ? [{ type: 'part-end', index: open.index }] : [];
  }

  private begin(kind: Said | 'call', key: string, part: Part): ChatEvent[] {
    if (this.open?.kind === kind && this.open.key === key && kind !== 'call') return [];
    const closed = this.close();
    this.open = { kind, key, index: this.next++ };
    return [...closed, { type: 'part-start', index: this.open.index, part }];
  }
}
