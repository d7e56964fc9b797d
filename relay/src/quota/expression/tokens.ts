/** An expression as words. */
import type { Fault } from './value.ts';

export interface Token { kind: 'number' | 'text' | 'name' | 'sign' | 'end'; text: string; at: number }

const pattern = /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<text>"[^"\\]*"|'[^'\\]*')|(?<sign>\|\|\||\|\||&&|[<>=!]=|[-+*/%<>!?:(),]))/y;

/** The last word is an end. */
export function tokensOf(text: string): Token[] | Fault {
  const tokens: Token[] = [], end = text.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex, groups = pattern.exec(text)?.groups;
    if (!groups) return { at: from + (/\S/.exec(text.slice(from))?.index ?? 0) + 1, say: 'is no part of an expression' };
    for (const kind of ['number', 'name', 'text', 'sign'] as const) {
      const found = groups[kind];
      if (found !== undefined) tokens.push({ kind, text: kind === 'text' ? found.slice(1, -1) : found, at: pattern.lastIndex - found.length + 1 });
    }
  }
  return [...tokens, { kind: 'end', text: '', at: end + 1 }];
}
