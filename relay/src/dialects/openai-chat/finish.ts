import type { FinishReason } from '../chat-event.ts';

/** Dialects 6.4, relatives included. Unknown words mean that it stopped. */
const read: Readonly<Record<string, FinishReason>> = {
  stop: 'stop', eos: 'stop', end_turn: 'stop', length: 'length', model_length: 'length', max_tokens: 'length',
  model_context_window_exceeded: 'context_window', tool_calls: 'tool_calls', function_call: 'tool_calls', content_filter: 'content_filter',
  sensitive: 'content_filter',
};

/** Words that mean that the upstream broke down. */
export const brokeDown = new Set(['error', 'insufficient_system_resource', 'network_error']);

const written: Readonly<Record<FinishReason, string>> = {
  stop: 'stop', stop_sequence: 'stop', length: 'length', context_window: 'length', tool_calls: 'tool_calls', content_filter: 'content_filter',
  pause: 'stop', other: 'stop',
};

export const readFinish = (word: string): FinishReason => read[word] ?? 'stop';
/** @param old the client knows tools in their old form only */
export const writeFinish = (reason: FinishReason, old = false): string => (old && reason === 'tool_calls' ? 'function_call' : written[reason]);
