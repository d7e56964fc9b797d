/** An unstreamed answer: events collected into parts, which each dialect writes in its own form. */
import type { ChatEvent, Part } from './chat-event.ts';
import { noTokens } from './usage.ts';

export interface WholeAnswer {
  start: ChatEvent & { type: 'answer-start' };
  /** With their texts, in the order in which they began. */
  parts: Part[];
  tokens: typeof noTokens;
  finish: ChatEvent & { type: 'answer-finish' };
}

export function wholeAnswer(events: readonly ChatEvent[]): WholeAnswer {
  const parts = new Map<number, Part>();
  const answer: WholeAnswer = {
    start: { type: 'answer-start', id: '', model: '', created: 0 }, parts: [], tokens: noTokens, finish: { type: 'answer-finish', reason: 'stop' },
  };
  for (const event of events) {
    switch (event.type) {
      case 'answer-start': answer.start = event; break;
      case 'answer-finish': answer.finish = event; break;
      case 'usage-report': answer.tokens = event.tokens; break;
      case 'part-start': parts.set(event.index, { ...event.part }); break;
      case 'text-delta':
      case 'arguments-delta':
      case 'signature-delta': { const part = parts.get(event.index); if (part) parts.set(event.index, grown(part, event)); break; }
      default: break;
    }
  }
  return { ...answer, parts: [...parts.values()] };
}

function grown(part: Part, event: ChatEvent): Part {
  if (event.type === 'text-delta' && (part.kind === 'text' || part.kind === 'reasoning' || part.kind === 'refusal')) return { ...part, text: part.text + event.text };
  if (event.type === 'arguments-delta' && part.kind === 'tool-call') return { ...part, arguments: part.arguments + event.text };
  if (event.type === 'signature-delta' && part.kind === 'reasoning') return { ...part, signature: (part.signature ?? '') + event.signature };
  return part;
}
