import type { AnswerStep } from './answer-step.ts';
import type { ChatEvent } from '../chat-event.ts';

const opens = '<think>', closes = '</think>';

/**
 * Thoughts that stand between tags at the very beginning of the text (dialects 6.2): as reasoning, which they are. Tags may be cut
 * anywhere; text that begins otherwise passes as it comes, and so does every later tag.
 */
export class ThinkStep implements AnswerStep {
  private state: 'waiting' | 'looking' | 'thinking' | 'spoken' | 'plain' = 'waiting';
  private begun: Extract<ChatEvent, { type: 'part-start' }> | undefined;
  private held = '';
  /** Later parts make room for the one that was split off. */
  private shift = 0;
  private answers = false;
  private readonly openImplicit: boolean;

  /** @param openImplicit the opening tag is missing, as templates put it into the prompt: the text begins with thoughts */
  constructor(openImplicit = false) { this.openImplicit = openImplicit; }

  push(event: ChatEvent): ChatEvent[] {
    if (!('index' in event)) return [event];
    if (this.state === 'waiting' && event.type === 'part-start' && event.part.kind === 'text') return this.look(event);
    if (this.begun?.index !== event.index || this.state === 'plain') return [this.moved(event)];
    switch (event.type) {
      case 'text-delta': this.held += event.text; return this.said();
      case 'part-end': return this.ended(event);
      default: return [this.moved(event)];
    }
  }

  private look(event: Extract<ChatEvent, { type: 'part-start' }>): ChatEvent[] {
    this.state = 'looking';
    this.begun = event;
    return [];
  }

  private said(): ChatEvent[] {
    if (this.state === 'looking') return this.decide();
    return this.state === 'thinking' ? this.think() : this.answer();
  }

  private decide(): ChatEvent[] {
    const start = this.held.trimStart();
    if (start.length < opens.length && opens.startsWith(start)) return [];
    const isOpen = start.startsWith(opens);
    if (!isOpen && (!this.openImplicit || start === '')) return this.passes();
    this.state = 'thinking';
    this.held = isOpen ? start.slice(opens.length) : this.held;
    this.shift = 1;
    return [{ type: 'part-start', index: this.begun?.index ?? 0, part: { kind: 'reasoning', text: '' } }, ...this.think()];
  }

  /** It began with something else. */
  private passes(): ChatEvent[] {
    const { begun, held } = this;
    this.state = 'plain';
    return begun ? [begun, ...(held === '' ? [] : [{ type: 'text-delta', index: begun.index, text: held } satisfies ChatEvent])] : [];
  }

  private think(): ChatEvent[] {
    const index = this.begun?.index ?? 0, end = this.held.indexOf(closes);
    if (end >= 0) {
      const thought = this.held.slice(0, end);
      this.held = this.held.slice(end + closes.length);
      this.state = 'spoken';
      return [...grown(index, thought), { type: 'part-end', index }, ...this.answer()];
    }
    const kept = cutTag(this.held), thought = this.held.slice(0, this.held.length - kept);
    this.held = this.held.slice(this.held.length - kept);
    return grown(index, thought);
  }

  /** White space behind the thoughts is theirs. */
  private answer(): ChatEvent[] {
    const { begun } = this, said = this.answers ? this.held : this.held.trimStart();
    this.held = '';
    if (said === '' || !begun) return [];
    const start: ChatEvent[] = this.answers ? [] : [{ ...begun, index: begun.index + 1 }];
    this.answers = true;
    return [...start, ...grown(begun.index + 1, said)];
  }

  private ended(event: Extract<ChatEvent, { type: 'part-end' }>): ChatEvent[] {
    if (this.state === 'looking') return [...this.passes(), event];
    if (this.state === 'thinking') return [...grown(event.index, this.held), event];
    return this.answers ? [this.moved(event)] : [];
  }

  private moved(event: Extract<ChatEvent, { index: number }>): ChatEvent {
    return this.shift > 0 && this.begun && event.index >= this.begun.index ? { ...event, index: event.index + this.shift } : event;
  }
}

const grown = (index: number, text: string): ChatEvent[] => (text === '' ? [] : [{ type: 'text-delta', index, text }]);

/** How much of the end may be the beginning of the closing tag. */
function cutTag(text: string): number {
  for (let length = Math.min(closes.length - 1, text.length); length > 0; length--) if (text.endsWith(closes.slice(0, length))) return length;
  return 0;
}
