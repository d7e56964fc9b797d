/** What a provider's own tools made, as items of this dialect: pictures, and searches of the web (dialects 6.8, 7.11). */
import type { JsonObject, Part } from '../chat-event.ts';
import { member, text } from '../json-member.ts';

export interface HostedItem { readonly type: 'image_generation_call' | 'web_search_call'; readonly members: JsonObject; readonly begun: JsonObject }

export function imageItem({ source }: Part & { kind: 'image' }): HostedItem | undefined {
  if (!('base64' in source)) return undefined;
  const type = 'image_generation_call';
  return { type, members: { type, status: 'completed', result: source.base64 }, begun: { result: null } };
}

/** Of the blocks of other houses only a search has a counterpart here. */
export function searchItem({ dialect, raw }: Part & { kind: 'opaque' }): HostedItem | undefined {
  if (dialect !== 'anthropic-messages' || member(raw, 'type') !== 'server_tool_use' || member(raw, 'name') !== 'web_search') return undefined;
  const type = 'web_search_call';
  return { type, members: { type, status: 'completed', action: { type: 'search', query: text(member(member(raw, 'input'), 'query')) ?? '' } }, begun: {} };
}
