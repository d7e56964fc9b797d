/**
 * Counts model tokens of text, about, for endings where the upstream reports nothing (semantics 1.10). It reads the bytes of
 * JSON strings as they stand, escapes included, and may be fed in any pieces. Weights were fitted against o200k_base; the test
 * holds them to within a third of it. A tokenizer proper costs 100 ms and 40 MB to load, in the middle of other streams.
 */
const backslash = 0x5c, letterU = 0x75, space = 0x20;

type Kind = 'word' | 'digit' | 'space' | 'line' | 'symbol' | 'foreign';

const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);

export class TextMeter {
  private sum = 0;
  private kind: Kind | undefined;
  private run = 0;

  /** @returns tokens so far, rounded up */
  get tokens(): number { return Math.ceil(this.sum + this.runCost()); }

  add(bytes: Buffer, start = 0, end = bytes.length): void {
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === backslash) {
        at++;
        const escaped = bytes[at];
        if (escaped === letterU) { at += 4; this.wide(); } else this.take(escaped === 0x6e || escaped === 0x72 || escaped === 0x74 ? 'line' : 'symbol');
      } else if (byte >= 0x80) {
        // A continuation byte belongs to the lead that was counted. Below D4: Latin, Greek, Cyrillic.
        if (byte >= 0xe0) this.wide(); else if (byte >= 0xc0) this.take(byte < 0xd4 ? 'word' : 'foreign');
      } else if (isLetter(byte)) this.take('word');
      else if (byte >= 0x30 && byte <= 0x39) this.take('digit');
      else if (byte === space) this.take('space');
      else this.take(byte < space ? 'line' : 'symbol');
    }
  }

  /** What comes next is another text. */
  end(): void { this.close(); }

  /** A sign of a script that has no spaces. */
  private wide(): void {
    this.close();
    this.sum += 0.7;
  }

  private take(kind: Kind): void {
    if (kind !== this.kind) this.close();
    this.kind = kind;
    this.run++;
  }

  private close(): void {
    this.sum += this.runCost();
    this.kind = undefined;
    this.run = 0;
  }

  private runCost(): number {
    const { run } = this;
    if (this.kind === 'word') return 1 + Math.max(0, run - 7) * 0.2;
    if (this.kind === 'digit') return Math.ceil(run / 3);
    if (this.kind === 'symbol') return Math.max(1, run * 0.5) * 0.9;
    if (this.kind === 'foreign') return Math.max(1, run * 0.33);
    if (this.kind === 'line') return 0.6;
    // One space belongs to the word behind it; an indent is one more token.
    return run > 1 ? 1 : 0;
  }
}
