/**
 * Counts model tokens of text, about, for endings where the upstream reports nothing (semantics 1.10). It reads the bytes of
 * JSON strings as they stand, escapes included, and may be fed in any pieces. Weights were fitted against o200k_base; the test
 * holds them to within a third of it. A tokenizer proper costs 100 ms and 40 MB to load, in the middle of other streams.
 */
const word = 0, digit = 1, space = 2, line = 3, symbol = 4, foreign = 5, wide = 6, inside = 7, escape = 8, none = 9;

/** What each byte is. Numbers, because this loop runs over every byte that a silent upstream sends. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x5c) return escape;
  if (byte >= 0xe0) return wide;
  // Two bytes: Latin, Greek and Cyrillic make words; Hebrew, Arabic and others cost more.
  if (byte >= 0xc0) return byte < 0xd4 ? word : foreign;
  // A continuation byte belongs to the lead that was counted.
  if (byte >= 0x80) return inside;
  if (/[A-Za-z]/.test(String.fromCharCode(byte))) return word;
  if (byte >= 0x30 && byte <= 0x39) return digit;
  if (byte === 0x20) return space;
  return byte < 0x20 ? line : symbol;
});

/** Signs of scripts that have no spaces. */
const wideCost = 0.7;
const lineEscapes = new Set([0x6e, 0x72, 0x74]);
const unicodeEscape = 0x75;

export class TextMeter {
  private sum = 0;
  private kind: number = none;
  private run = 0;

  /** @returns tokens so far, rounded up */
  get tokens(): number { return Math.ceil(this.sum + costOf(this.kind, this.run)); }

  /** Goes on from where another one is. */
  copy(other: TextMeter): void {
    this.sum = other.sum;
    this.kind = other.kind;
    this.run = other.run;
  }

  add(bytes: Buffer, start = 0, end = bytes.length): void {
    let { sum, kind, run } = this;
    for (let at = start; at < end; at++) {
      let next = kinds[bytes[at]!]!;
      if (next === kind) { run++; continue; }
      if (next === inside) continue;
      if (next === escape) {
        at++;
        const escaped = bytes[at] ?? 0;
        next = lineEscapes.has(escaped) ? line : escaped === unicodeEscape ? wide : symbol;
        if (next === wide) at += 4;
        else if (next === kind) { run++; continue; }
      }
      sum += costOf(kind, run) + (next === wide ? wideCost : 0);
      kind = next === wide ? none : next;
      run = 1;
    }
    this.sum = sum;
    this.kind = kind;
    this.run = run;
  }

  /** What comes next is another text. */
  end(): void {
    this.sum += costOf(this.kind, this.run);
    this.kind = none;
  }
}

function costOf(kind: number, run: number): number {
  switch (kind) {
    case word: return run > 7 ? 1 + (run - 7) * 0.2 : 1;
    case digit: return Math.ceil(run / 3);
    case symbol: return Math.max(1, run * 0.5) * 0.9;
    case foreign: return Math.max(1, run * 0.33);
    case line: return 0.6;
    // One space belongs to the word behind it; an indent is one more token.
    case space: return run > 1 ? 1 : 0;
    default: return 0;
  }
}
