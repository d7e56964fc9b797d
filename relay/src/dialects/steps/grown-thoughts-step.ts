import type { ChatEvent } from '../chat-event.ts';
import type { AnswerStep } from './answer-step.ts';

/** For providers that may tell all of a thought each time, and not what is new of it (providers 4.17): what was told already is left out. */
export class GrownThoughtsStep implements AnswerStep {
  /** By the index of the part. */
  private readonly said = new Map<number, string>();

  push(event: ChatEvent): ChatEvent[] {
    if (event.type === 'part-start' && event.part.kind === 'reasoning') this.said.set(event.index, event.part.text);
    if (event.type === 'part-end') this.said.delete(event.index);
    const said = event.type === 'text-delta' ? this.said.get(event.index) : undefined;
    if (event.type !== 'text-delta' || said === undefined) return [event];
    const grown = said !== '' && event.text.startsWith(said);
    this.said.set(event.index, grown ? event.text : said + event.text);
    if (!grown) return [event];
    return event.text.length > said.length ? [{ ...event, text: event.text.slice(said.length) }] : [];
  }
}
