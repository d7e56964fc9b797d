import type { ChatEvent, FinishReason, JsonObject } from '../chat-event.ts';

/** Dialects 6.4. Unknown words mean that it stopped. */
const read: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop', stop_sequence: 'stop_sequence', max_tokens: 'length', model_context_window_exceeded: 'context_window', tool_use: 'tool_calls',
  refusal: 'content_filter', pause_turn: 'pause',
};

const written: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn', stop_sequence: 'stop_sequence', length: 'max_tokens', context_window: 'model_context_window_exceeded', tool_calls: 'tool_use',
  content_filter: 'refusal', pause: 'pause_turn', other: 'end_turn',
};

export const readFinish = (word: string): FinishReason => read[word] ?? 'stop';

type Finish = ChatEvent & { type: 'answer-finish' };

/** How it ended, and why it refused. @param refusal what it said in refusing: others call that an end like any other */
export function stopMembers(finish: Finish | undefined, refusal: string): JsonObject {
  const { reason = 'stop', sequence = null, detail } = finish ?? {};
  const word = written[reason === 'stop' && refusal !== '' ? 'content_filter' : reason];
  const members: JsonObject = { stop_reason: word, stop_sequence: sequence };
  return word === 'refusal' ? { ...members, stop_details: { type: 'refusal', category: null, explanation: detail ?? (refusal || null) } } : members;
}
