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
}

const node = (): Node => ({ next: new Map(), fallback: undefined, found: false });

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
  }
}
