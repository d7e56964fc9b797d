/** The two group options of the compatible API, as views of the table of groups. */
import { isStorable } from '../../kernel/storable.ts';
import type { Group } from '../group/group.entity.ts';
import { writePriceMap } from '../price/price-map.ts';

const longest = 255;

/** Name → ratio. */
export const groupRatioText = (groups: readonly Group[]): string => writePriceMap(new Map(groups.map(({ name, ratioMillionths }) => [name, ratioMillionths])));

/** Name → description, of the groups that anyone may choose. */
export const usableGroupsText = (groups: readonly Group[], auto: string): string =>
  JSON.stringify({ ...Object.fromEntries(groups.filter(({ selectable }) => selectable).map(({ name, description }) => [name, description || name])), ...(auto && { auto }) });

/** A map of short texts, or undefined when the JSON is none. */
export function readTexts(json: string): Map<string, string> | undefined {
  let value: unknown;
  try { value = JSON.parse(json.trim() || '{}'); } catch { return undefined; }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value as Record<string, unknown>);
  return entries.every(([, text]) => typeof text === 'string' && text.length <= longest && isStorable(text)) ? new Map(entries as [string, string][]) : undefined;
}
