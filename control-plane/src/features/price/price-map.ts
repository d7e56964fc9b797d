/** The JSON text of a price option: `{"gpt-4o": 1.25}`. */
import { decimalText, toMillionths } from '../../kernel/millionths.ts';
import { isStorable } from '../../kernel/storable.ts';

const longestModel = 255, mostModels = 10_000;
export const largestRatio = 1_000_000_000_000;           // a million, in millionths

/**
 * Tools compute ratios (4/3) and send every digit of them, so a number is rounded to six places; a positive one never
 * becomes 0, which would make the model free.
 */
function toRatio(value: unknown): number | undefined {
  if (typeof value === 'string') return toMillionths(value.trim());
  if (typeof value !== 'number' || !(value >= 0 && value <= 1_000_000)) return undefined;
  const ratio = toMillionths(value.toFixed(6));
  return value > 0 && ratio === 0 ? undefined : ratio;
}

/** Model → millionths; or the fault: the name of the model whose value is no ratio, empty when the text is no such map. */
export function readPriceMap(text: string): Map<string, number> | { fault: string } {
  let value: unknown;
  try { value = JSON.parse(text.trim() || '{}'); } catch { return { fault: '' }; }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: '' };
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > mostModels) return { fault: '' };
  const map = new Map<string, number>();
  for (const [name, given] of entries) {
    const model = name.trim(), ratio = toRatio(given);
    if (!model || model.length > longestModel || !isStorable(model) || ratio === undefined || ratio < 0 || ratio > largestRatio) return { fault: name };
    map.set(model, ratio);
  }
  return map;
}

/** Sorted by model; numbers, not text, as clients of the compatible API expect. */
export function writePriceMap(map: ReadonlyMap<string, number>): string {
  const members = [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([model, ratio]) => `${JSON.stringify(model)}:${decimalText(BigInt(ratio), 6)}`);
  return `{${members.join(',')}}`;
}
