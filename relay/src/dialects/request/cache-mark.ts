/** Marks of how far a request is cached, as Anthropic writes them, and others who serve its models (dialects 4.9). */
import type { JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';

export function cacheOf(wire: JsonObject): '5m' | '1h' | undefined {
  if (!isObject(wire['cache_control'])) return undefined;
  return wire['cache_control']['ttl'] === '1h' ? '1h' : '5m';
}

export const cacheMark = (cache: '5m' | '1h' | undefined): JsonObject | undefined =>
  cache && (cache === '1h' ? { type: 'ephemeral', ttl: '1h' } : { type: 'ephemeral' });
