/** RFC 8259, walked over bytes without building anything. Left out: what stands inside long strings is not checked. */

/** A value's exact place: `bytes[start, end)` is the JSON value itself, quotes included. */
export interface Span { start: number; end: number }

/** Where and why bytes are not the JSON that we take. */
export class JsonFault {
  readonly at: number;
  readonly reason: string;

  constructor(at: number, reason: string) { this.at = at; this.reason = reason; }
}

/** RLY-05. Deeper or more scattered documents cost their reader more than they can mean. */
export const maxDepth = 64;
export const maxNodes = 200_000;

const quote = 0x22, backslash = 0x5c, colon = 0x3a, comma = 0x2c;
const openBrace = 0x7b, closeBrace = 0x7d, openBracket = 0x5b, closeBracket = 0x5d;
const minus = 0x2d, plus = 0x2b, dot = 0x2e;
const literals = new Map([[0x74, Buffer.from('true')], [0x66, Buffer.from('false')], [0x6e, Buffer.from('null')]]);

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

type OnMember = (key: Span, value: Span) => void;

/** Every step returns whether it succeeded; after the first false, `fault` says why. */
export class JsonCursor {
  bytes: Buffer;
  at: number;
  fault: JsonFault | undefined;
  /** Told of every string that is a value, quotes excluded, and of the member that it is or is inside of (the same object each time). */
  onString: ((start: number, end: number, member: Span) => void) | undefined;
  /** Told of every value in a list, inner lists first; `list` is where the list begins. */
  onElement: ((list: number, start: number, end: number) => void) | undefined;
  private readonly member: Span = { start: 0, end: 0 };
  private nodes = 0;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Begins again, in other bytes too. */
  restart(bytes: Buffer, at: number): void {
    this.bytes = bytes;
    this.at = at;
    this.fault = undefined;
    this.nodes = 0;
  }

  fail(reason: string): false {
    this.fault ??= new JsonFault(Math.min(this.at, this.bytes.length), reason);
    return false;
  }

  space(): void {
    const { bytes } = this;
    let at = this.at;
    for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++;
    this.at = at;
  }

  value(depth: number): boolean {
    if (++this.nodes > maxNodes) return this.fail(`more than ${maxNodes} values`);
    const first = this.bytes[this.at];
    if (first === quote) return this.text();
    if (first === openBrace) return this.object(depth + 1);
    if (first === openBracket) return this.array(depth + 1);
    if (first === minus || isDigit(first)) return this.number();
    return this.literal();
  }

  object(depth: number, onMember?: OnMember): boolean {
    if (!this.enter(depth)) return false;
    if (this.take(closeBrace)) return true;
    for (;;) {
      if (!this.key()) return false;
      const { start: keyStart, end: keyEnd } = this.member, start = this.at;
      if (!this.value(depth)) return false;
      onMember?.({ start: keyStart, end: keyEnd }, { start, end: this.at });
      this.space();
      if (this.take(closeBrace)) return true;
      if (!this.take(comma)) return this.fail('expected , or }');
      this.space();
    }
  }

  string(): boolean {
    const { bytes } = this;
    let at = this.at + 1;
    // Most strings are short: a loop beats a native search. Where the search stops at escaped quotes only, the loop widens.
    for (let window = 48; ; window = Math.min(window * 2, 4096)) {
      const until = Math.min(bytes.length, at + window);
      for (; at < until; at++) {
        const byte = bytes[at]!;
        if (byte === quote) { this.at = at + 1; return true; }
        if (byte === backslash) at++;
        else if (byte < 0x20) { this.at = at; return this.fail('a control character in a string'); }
      }
      const found = bytes.indexOf(quote, at);
      if (found < 0) { this.at = bytes.length; return this.fail('a string without end'); }
      let before = found;
      while (before > at && bytes[before - 1] === backslash) before--;
      at = found + 1;
      if ((found - before) % 2 === 0) { this.at = at; return true; }
    }
  }

  private text(): boolean {
    const start = this.at + 1;
    if (!this.string()) return false;
    this.onString?.(start, this.at - 1, this.member);
    return true;
  }

  /** Leaves its place in `member`. */
  private key(): boolean {
    if (this.bytes[this.at] !== quote) return this.fail('expected a member name');
    const { member } = this;
    member.start = this.at;
    if (!this.string()) return false;
    member.end = this.at;
    this.space();
    if (!this.take(colon)) return this.fail('expected :');
    this.space();
    return true;
  }

  private array(depth: number): boolean {
    const list = this.at;
    if (!this.enter(depth)) return false;
    if (this.take(closeBracket)) return true;
    for (;;) {
      const start = this.at;
      if (!this.value(depth)) return false;
      this.onElement?.(list, start, this.at);
      this.space();
      if (this.take(closeBracket)) return true;
      if (!this.take(comma)) return this.fail('expected , or ]');
      this.space();
    }
  }

  private enter(depth: number): boolean {
    if (depth > maxDepth) return this.fail(`nested deeper than ${maxDepth}`);
    this.at++;
    this.space();
    return true;
  }

  private number(): boolean {
    this.take(minus);
    if (this.bytes[this.at] === 0x30) this.at++;
    else if (!this.digits()) return this.fail('not a number');
    if (this.take(dot) && !this.digits()) return this.fail('not a number');
    if (this.take(0x65) || this.take(0x45)) {
      if (!this.take(plus)) this.take(minus);
      if (!this.digits()) return this.fail('not a number');
    }
    return true;
  }

  private digits(): boolean {
    const start = this.at;
    while (isDigit(this.bytes[this.at])) this.at++;
    return this.at > start;
  }

  private literal(): boolean {
    const word = literals.get(this.bytes[this.at] ?? 0);
    if (!word) return this.fail(this.at >= this.bytes.length ? 'the text ends too early' : 'expected a value');
    if (this.bytes.compare(word, 0, word.length, this.at, Math.min(this.bytes.length, this.at + word.length)) !== 0) return this.fail('expected a value');
    this.at += word.length;
    return true;
  }

  private take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }
}
