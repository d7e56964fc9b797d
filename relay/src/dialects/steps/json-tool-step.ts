/**
 * A schema for the answer, from models that know none: they are made to call a tool whose arguments fit it, and what they call it
 * with is the text of the answer (dialects 4.8). What they say beside it is left out.
 */
import type { AnswerStep } from './answer-step.ts';
import type { ChatEvent } from '../chat-event.ts';

export const jsonTool = 'json';

export class JsonToolStep implements AnswerStep {
  private readonly wrapped = new Set<number>();
  /** A text, until it is known what comes behind it. */
  private held: ChatEvent[] = [];
  private text: number | undefined;
  private otherCalls = false;

  push(event: ChatEvent): ChatEvent[] {
    if (event.type === 'part-start') return this.start(event);
    if ('index' in event && event.index === this.text) { this.held.push(event); return []; }
    if (event.type === 'arguments-delta' && this.wrapped.has(event.index)) return [{ type: 'text-delta', index: event.index, text: event.text }];
    if (event.type === 'usage-report') return [event];
    if (event.type === 'answer-finish') {
      const kept = this.wrapped.size ? [] : this.release();
      const isAnswer = event.reason === 'tool_calls' && this.wrapped.size > 0 && !this.otherCalls;
      return [...kept, isAnswer ? { ...event, reason: 'stop' } : event];
    }
    return [event];
  }

  private start(event: ChatEvent & { type: 'part-start' }): ChatEvent[] {
    const { part, index } = event;
    if (part.kind === 'text') {
      const before = this.release();
      this.text = index;
      this.held = [event];
      return before;
    }
    if (part.kind !== 'tool-call') return [event];
    if (part.name !== jsonTool) { this.otherCalls = true; return [...this.release(), event]; }
    this.wrapped.add(index);
    this.held = [];
    this.text = undefined;
    return [{ ...event, part: { kind: 'text', text: '' } }];
  }

  private release(): ChatEvent[] {
    this.text = undefined;
    return this.held.splice(0);
  }
}
