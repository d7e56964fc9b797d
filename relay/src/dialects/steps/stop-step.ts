/** Ends an answer at a stop text, for upstreams that know none (dialects 4.9): what may be the beginning of one is held back. */
import type { AnswerStep } from './answer-step.ts';
import type { ChatEvent } from '../chat-event.ts';

export class StopStep implements AnswerStep {
  private readonly stops: readonly string[];
  private readonly longest: number;
  /** Texts that are open, each with what of it is held back. */
  private readonly texts = new Map<number, string>();
  private met: string | undefined;

  constructor(stops: readonly string[]) {
    this.stops = stops.filter((stop) => stop !== '');
    this.longest = Math.max(0, ...this.stops.map((stop) => stop.length));
  }

  push(event: ChatEvent): ChatEvent[] {
    if (event.type === 'answer-finish') return [this.met === undefined ? event : { ...event, reason: 'stop_sequence', sequence: this.met }];
    if (!('index' in event)) return [event];
    if (this.met !== undefined) return this.texts.has(event.index) && event.type === 'part-end' ? this.ended(event) : [];
    if (event.type === 'part-start' && event.part.kind === 'text') this.texts.set(event.index, '');
    if (event.type === 'text-delta' && this.texts.has(event.index)) return this.say(event);
    return event.type === 'part-end' ? this.ended(event) : [event];
  }

  private say(event: ChatEvent & { type: 'text-delta' }): ChatEvent[] {
    const text = (this.texts.get(event.index) ?? '') + event.text;
    // The one that is complete first, as a model would have stopped there; however the text is cut.
    const found = this.stops.map((stop) => ({ stop, at: text.indexOf(stop) })).filter(({ at }) => at >= 0)
      .toSorted((a, b) => a.at + a.stop.length - b.at - b.stop.length || a.at - b.at)[0];
    this.met = found?.stop;
    const keep = found ? text.length : this.heldFrom(text);
    this.texts.set(event.index, found ? '' : text.slice(keep));
    const said = text.slice(0, found ? found.at : keep);
    return said === '' ? [] : [{ ...event, text: said }];
  }

  /** Where the longest end begins that a stop text begins with. */
  private heldFrom(text: string): number {
    for (let at = Math.max(0, text.length - this.longest + 1); at < text.length; at++) {
      const end = text.slice(at);
      if (this.stops.some((stop) => stop.startsWith(end))) return at;
    }
    return text.length;
  }

  private ended(event: ChatEvent & { type: 'part-end' }): ChatEvent[] {
    const held = this.texts.get(event.index) ?? '';
    this.texts.delete(event.index);
    return held === '' ? [event] : [{ type: 'text-delta', index: event.index, text: held }, event];
  }
}
