import type { FinishReason } from '../chat-event.ts';

/** Upstreams mix these two up: a call makes it a call, and without one it is none (dialects 6.4). */
export function correctedFinish(reason: FinishReason, hasCalls: boolean): FinishReason {
  if (hasCalls) return reason === 'stop' ? 'tool_calls' : reason;
  return reason === 'tool_calls' ? 'stop' : reason;
}
