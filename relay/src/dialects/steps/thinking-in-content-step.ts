/** Thoughts at the head of the text, between tags, for clients of openai-chat that show nothing else (dialects 4.7, `thinking_to_content`). */
import type { AnswerStep } from './answer-step.ts';
import type { ChatEvent } from '../chat-event.ts';

export class ThinkingInContentStep implements AnswerStep {
  private readonly thoughts = new Map<number, boolean>();

  push(event: ChatEvent): ChatEvent[] {
    if (event.type === 'part-start' && event.part.kind === 'reasoning') {
      this.thoughts.set(event.index, false);
      return event.part.redacted === undefined ? [{ ...event, part: { kind: 'text', text: '' } }] : [];
    }
    const said = 'index' in event ? this.thoughts.get(event.index) : undefined;
    if (said === undefined || !('index' in event)) return [event];
    if (event.type === 'signature-delta') return [];
    if (event.type === 'text-delta') {
      this.thoughts.set(event.index, true);
      return [said ? event : { ...event, text: `<think>\n${event.text}` }];
    }
    return event.type === 'part-end' && said ? [{ type: 'text-delta', index: event.index, text: '\n</think>\n' }, event] : [event];
  }
}
