import type { FinishReason } from '../chat-event.ts';

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
export const writeFinish = (reason: FinishReason): string => written[reason];
