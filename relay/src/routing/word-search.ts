/**
 * Finds many words in one walk over a text (Aho and Corasick 1975), in any letter case. Our own: the packages for it have had no
 * release for years, and it is a page.
 */
interface Node {
  readonly next: Map<number, Node>;
  /** Where the walk goes on when no branch fits: the longest end of what was read that begins a word too. */
  fallback: Node | undefined;
  /** A word ends here, or at a node that this one falls back to. */
  found: boolean;
  /** How many signs the longest of these words has; 0: none ends here. */
  longest: number;
}

const node = (): Node => ({ next: new Map(), fallback: undefined, found: false, longest: 0 });

export class WordSearch {
  private readonly root: Node = node();

  constructor(words: readonly string[]) {
    for (const word of words) this.plant(word.toLowerCase());
    this.link();
  }

  isIn(text: string): boolean {
    const lower = text.toLowerCase();
    let at = this.root;
    for (let index = 0; index < lower.length; index++) {
      const sign = lower.charCodeAt(index);
      let next = at.next.get(sign);
      while (!next && at.fallback) { at = at.fallback; next = at.next.get(sign); }
      at = next ?? this.root;
      if (at.found) return true;
    }
    return false;
  }

  /** The text with a sign of its own for each letter of each word. Undefined: none is in it. */
  blackedOut(text: string, sign: string): string | undefined {
    const lower = text.toLowerCase();
    // Some letters are longer in lower case: then no place in one is a place in the other.
    if (lower.length !== text.length) return this.isIn(text) ? sign.repeat(text.length) : undefined;
    const found = this.spans(lower);
    if (found.length === 0) return undefined;
    let from = 0;
    const pieces = found.flatMap(({ start, end }) => { const piece = [text.slice(from, start), sign.repeat(end - start)]; from = end; return piece; });
    return [...pieces, text.slice(from)].join('');
  }

  /** Where words stand, in their order; those that overlap are one. */
  private spans(lower: string): { start: number; end: number }[] {
    const found: { start: number; end: number }[] = [];
    let at = this.root;
    for (let index = 0; index < lower.length; index++) {
      const sign = lower.charCodeAt(index);
      let next = at.next.get(sign);
      while (!next && at.fallback) { at = at.fallback; next = at.next.get(sign); }
      at = next ?? this.root;
      if (at.longest === 0) continue;
      const span = { start: index + 1 - at.longest, end: index + 1 };
      for (let last = found.at(-1); last && span.start < last.end; last = found.at(-1)) { span.start = Math.min(span.start, last.start); found.pop(); }
      found.push(span);
    }
    return found;
  }

  private plant(word: string): void {
    if (word === '') return;
    let at = this.root;
    for (let index = 0; index < word.length; index++) {
      const sign = word.charCodeAt(index);
      let next = at.next.get(sign);
      if (!next) at.next.set(sign, next = node());
      at = next;
    }
    at.found = true;
    at.longest = word.length;
  }

  /** Level by level, so that what a node falls back to is linked before it. */
  private link(): void {
    let level = [this.root];
    while (level.length > 0) {
      const below: Node[] = [];
      for (const parent of level) for (const [sign, child] of parent.next) { this.linkOne(parent, sign, child); below.push(child); }
      level = below;
    }
  }

  private linkOne(parent: Node, sign: number, child: Node): void {
    let from = parent.fallback;
    while (from && !from.next.has(sign)) from = from.fallback;
    child.fallback = from?.next.get(sign) ?? this.root;
    child.found ||= child.fallback.found;
    child.longest ||= child.fallback.longest;
  }
}
