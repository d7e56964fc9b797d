/** Settings of one entry a line: words and sentences, which may have commas in them. */
import { OptionKind, type OptionSpec } from './option-spec.ts';

export const linesOf = (text: string): string[] => [...new Set(text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean))];

interface Limits { entries: number; characters: number }

export const lines = (fallback: string, limits: Limits, extra: Pick<OptionSpec, 'describe' | 'relays'>): OptionSpec => ({
  ...extra, kind: OptionKind.LIST, fallback,
  read: (given) => {
    const list = linesOf(given);
    if (list.length > limits.entries) return { refusal: `at most ${limits.entries} lines` };
    const long = list.find((line) => line.length > limits.characters);
    return long === undefined ? { text: list.join('\n') } : { refusal: `lines of at most ${limits.characters} characters` };
  },
});
