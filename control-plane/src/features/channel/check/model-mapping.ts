/** The model mapping of a channel: asked model → provider model. Chains are followed (a → b → c); a self-map ends one. */

import { isStorable } from '../../../kernel/storable.ts';

export type ModelMapping = Record<string, string>;

const longestName = 255;
const mostEntries = 1_000;

/** The mapping, or why the text is none. Blank text is an empty mapping. */
export function readMapping(text: string): ModelMapping | 'malformed' | 'cycle' {
  if (!text.trim()) return {};
  let value: unknown;
  try { value = JSON.parse(text); } catch { return 'malformed'; }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'malformed';
  const entries = Object.entries(value as Record<string, unknown>).map(([from, to]) => [from.trim(), typeof to === 'string' ? to.trim() : ''] as const);
  if (entries.length > mostEntries || entries.some(([from, to]) => !from || !to || from.length > longestName || to.length > longestName || !isStorable(from + to))) return 'malformed';
  const mapping: ModelMapping = Object.fromEntries(entries);
  return hasCycle(new Map(entries)) ? 'cycle' : mapping;
}

function hasCycle(mapping: ReadonlyMap<string, string>): boolean {
  const settled = new Set<string>();
  for (const start of mapping.keys()) {
    const walked = new Set<string>();
    for (let at = start; !settled.has(at);) {
      if (walked.has(at)) return true;
      walked.add(at);
      const next = mapping.get(at);
      if (next === undefined || next === at) break;
      at = next;
    }
    for (const name of walked) settled.add(name);
  }
  return false;
}
