/** An unstreamed answer: events collected into parts, which each dialect writes in its own form. */
import type { ChatEvent, Part } from '../chat-event.ts';
import { noTokens } from '../metering/usage.ts';

export interface WholeChoice {
  choice: number;
  /** With their texts, in the order in which they began. */
  parts: Part[];
  finish: ChatEvent & { type: 'answer-finish' };
}

export interface WholeAnswer {
  start: ChatEvent & { type: 'answer-start' };
  /** Of the first answer, which in most requests is the only one. */
  parts: Part[];
  finish: ChatEvent & { type: 'answer-finish' };
  /** Every answer, the first one included. */
  choices: WholeChoice[];
  tokens: typeof noTokens;
}

export function wholeAnswer(events: readonly ChatEvent[]): WholeAnswer {
  const parts = new Map<number, { choice: number; part: Part }>();
  const finishes = new Map<number, WholeChoice['finish']>([[0, { type: 'answer-finish', reason: 'stop' }]]);
  let start: WholeAnswer['start'] = { type: 'answer-start', id: '', model: '', created: 0 }, tokens = noTokens;
  for (const event of events) {
    switch (event.type) {
      case 'answer-start': start = event; break;
      case 'answer-finish': finishes.set(event.choice ?? 0, event); break;
      case 'usage-report': tokens = event.tokens; break;
      case 'part-start': parts.set(event.index, { choice: event.choice ?? 0, part: { ...event.part } }); break;
      case 'text-delta':
      case 'arguments-delta':
      case 'citation':
      case 'signature-delta': { const known = parts.get(event.index); if (known) known.part = grown(known.part, event); break; }
      default: break;
    }
  }
  const all = [...parts.values()];
  const choices = [...finishes].map(([choice, finish]) => ({ choice, finish, parts: all.flatMap((each) => (each.choice === choice ? [each.part] : [])) }));
  return { start, tokens, choices, parts: choices[0]?.parts ?? [], finish: choices[0]?.finish ?? { type: 'answer-finish', reason: 'stop' } };
}

function grown(part: Part, event: ChatEvent): Part {
  if (event.type === 'text-delta' && part.kind === 'text') {
    const logprobs = event.logprobs ? { logprobs: [...(part.logprobs ?? []), ...event.logprobs] } : {};
    return { ...part, text: part.text + event.text, ...logprobs };
  }
  if (event.type === 'text-delta' && (part.kind === 'reasoning' || part.kind === 'refusal')) return { ...part, text: part.text + event.text };
  if (event.type === 'arguments-delta' && part.kind === 'tool-call') return { ...part, arguments: part.arguments + event.text };
  if (event.type === 'signature-delta' && part.kind === 'reasoning') return { ...part, signature: (part.signature ?? '') + event.signature };
  if (event.type === 'citation' && part.kind === 'text') return { ...part, citations: [...(part.citations ?? []), event.citation] };
  return part;
}
