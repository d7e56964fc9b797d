import type { FinishReason } from '../chat-event.ts';

/** Dialects 6.4. Words of the provider that mean that it would not say more. */
const filtered = new Set(['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII']);

/** Words that mean that the upstream broke down. */
export const brokeDown = new Set(['MALFORMED_FUNCTION_CALL', 'MALFORMED_RESPONSE', 'MISSING_THOUGHT_SIGNATURE', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'NO_IMAGE']);

export function readFinish(word: string): FinishReason {
  if (word === 'MAX_TOKENS') return 'length';
  return filtered.has(word) || word.startsWith('IMAGE_') ? 'content_filter' : 'stop';
}

const written: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP', stop_sequence: 'STOP', length: 'MAX_TOKENS', context_window: 'MAX_TOKENS', tool_calls: 'STOP', content_filter: 'SAFETY', pause: 'STOP', other: 'OTHER',
};

export const writeFinish = (reason: FinishReason): string => written[reason];
