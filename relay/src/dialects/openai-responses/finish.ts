import type { FinishReason, Json, JsonObject } from '../chat-event.ts';
import { member, text } from '../json-member.ts';

const cut: Readonly<Record<string, FinishReason>> = { max_output_tokens: 'length', max_tokens: 'length', content_filter: 'content_filter' };

/** Dialects 6.4. Undefined: it did not end well. */
export function readFinish(response: Json | undefined): { reason: FinishReason; native: string } | undefined {
  const status = text(member(response, 'status')) ?? 'completed';
  if (status === 'completed') return { reason: 'stop', native: status };
  if (status !== 'incomplete') return undefined;
  const native = text(member(member(response, 'incomplete_details'), 'reason')) ?? status;
  return { reason: cut[native] ?? 'other', native };
}

const reasons: Partial<Readonly<Record<FinishReason, string>>> = {
  length: 'max_output_tokens', context_window: 'max_output_tokens', content_filter: 'content_filter',
};

export function writeFinish(finish: FinishReason): { status: 'completed' | 'incomplete'; details: JsonObject | null } {
  const reason = reasons[finish];
  return reason === undefined ? { status: 'completed', details: null } : { status: 'incomplete', details: { reason } };
}
