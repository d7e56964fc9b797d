/**
 * multipart/form-data (RFC 7578, RFC 2046 5.1) read in passing: small fields are kept with the place where they stand, files are
 * only counted. Left out: nested multiparts and content-transfer-encoding, which RFC 7578 took back.
 */

/** A field without a file name, and where in the body its value stands. */
export interface FormField { readonly name: string; readonly value: string; readonly start: number; readonly end: number }

/** A file, and where in the body it begins. `beginning`: its first bytes, which tell what it is. */
export interface FormFile { readonly name: string; readonly beginning: Buffer; readonly start: number; readonly bytes: number }

const mostHeaderBytes = 8_192, mostFieldBytes = 1 << 20, mostParts = 512, beginningBytes = 64;
const blankLine = Buffer.from('\r\n\r\n');
const dash = 0x2d, cr = 0x0d, lf = 0x0a;

/** The boundary that a content type names; undefined: it is not multipart/form-data, or names none that is allowed. */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const match = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;",]{1,70})(?=$|[\s;,]))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

interface Part { readonly name: string; readonly isFile: boolean; readonly start: number; bytes: number; pieces: Buffer[] }

export class FormScan {
  readonly fields: FormField[] = [];
  readonly files: FormFile[] = [];
  /** The closing boundary came. */
  ended = false;
  /** Where the first boundary begins. */
  begin = 0;
  /** Why the bytes are no form. It is final. */
  fault: string | undefined;
  private readonly delimiter: Buffer;
  private state: 'before' | 'line' | 'headers' | 'content' = 'before';
  /** What could not be judged yet, and where in the body it begins. */
  private rest: Buffer = Buffer.from('\r\n');
  private at = -2;
  private part: Part | undefined;

  constructor(boundary: string) { this.delimiter = Buffer.from(`\r\n--${boundary}`); }

  field(name: string): FormField | undefined { return this.fields.find((each) => each.name === name); }

  push(chunk: Buffer): void {
    if (this.ended || this.fault !== undefined) return;
    this.rest = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    while (this.step());
    // A copy: the chunk is the socket's.
    this.rest = Buffer.from(this.rest);
  }

  /** One step; false: more bytes are needed, or there is nothing more to do. */
  private step(): boolean {
    if (this.ended || this.fault !== undefined) return false;
    switch (this.state) {
      case 'before': case 'content': return this.toDelimiter();
      case 'line': return this.delimiterLine();
      case 'headers': return this.headers();
    }
  }

  private toDelimiter(): boolean {
    const found = this.rest.indexOf(this.delimiter);
    const sure = found >= 0 ? found : Math.max(0, this.rest.length - this.delimiter.length + 1);
    if (this.part) this.content(this.rest.subarray(0, sure));
    this.drop(sure);
    if (found < 0) return false;
    if (this.state === 'before') this.begin = this.at + 2;
    this.endPart();
    this.drop(this.delimiter.length);
    this.state = 'line';
    return true;
  }

  /** Behind a boundary: two dashes end the form, a line end begins a part; blanks may stand before it. */
  private delimiterLine(): boolean {
    let at = 0;
    while (this.rest[at] === 0x20 || this.rest[at] === 0x09) at++;
    if (this.rest.length < at + 2) return at > 256 ? this.fail('a boundary is not followed by the end of its line') : false;
    const [first, second] = [this.rest[at], this.rest[at + 1]];
    if (at === 0 && first === dash && second === dash) { this.ended = true; return false; }
    if (first !== cr || second !== lf) return this.fail('a boundary is not followed by the end of its line');
    // The line end stays: headers begin with one, so that a part without any has a blank line too.
    this.drop(at);
    this.state = 'headers';
    return true;
  }

  private headers(): boolean {
    const end = this.rest.indexOf(blankLine);
    if (end < 0) return this.rest.length > mostHeaderBytes ? this.fail('the headers of a part are too large') : false;
    if (end > mostHeaderBytes) return this.fail('the headers of a part are too large');
    const text = this.rest.toString('utf8', 0, end);
    this.drop(end + blankLine.length);
    const disposition = /\r\ncontent-disposition:\s*form-data([^\r\n]*)/i.exec(text)?.[1];
    const name = disposition === undefined ? undefined : parameter(disposition, 'name');
    if (disposition === undefined || name === undefined) return this.fail('a part has no name');
    if (this.fields.length + this.files.length >= mostParts) return this.fail(`there are more than ${mostParts} parts`);
    this.part = { name, isFile: /;\s*filename\*?=/i.test(disposition), start: this.at, bytes: 0, pieces: [] };
    // A part without content: its delimiter begins with the line end of the blank line.
    this.rest = Buffer.concat([blankLine.subarray(2), this.rest]);
    this.at -= 2;
    this.skip = 2;
    this.state = 'content';
    return true;
  }

  /** Bytes of the blank line that stand before the content again, for the search. */
  private skip = 0;

  private content(bytes: Buffer): void {
    const { part } = this;
    if (!part) return;
    const skipped = Math.min(this.skip, bytes.length);
    this.skip -= skipped;
    const own = bytes.subarray(skipped);
    part.bytes += own.length;
    const most = part.isFile ? beginningBytes : mostFieldBytes + 1;
    const kept = part.pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (kept < most && own.length) part.pieces.push(Buffer.from(own.subarray(0, most - kept)));
    if (!part.isFile && part.bytes > mostFieldBytes) this.fail(`the field ${part.name.slice(0, 64)} is too large`);
  }

  private endPart(): void {
    const { part } = this;
    if (!part || this.fault !== undefined) return;
    this.part = undefined;
    this.skip = 0;
    const { name, isFile, start, bytes, pieces } = part, kept = Buffer.concat(pieces);
    if (isFile) this.files.push({ name, beginning: kept, start, bytes });
    else this.fields.push({ name, value: kept.toString('utf8'), start, end: start + bytes });
  }

  private drop(count: number): void {
    this.rest = this.rest.subarray(count);
    this.at += count;
  }

  private fail(why: string): false {
    this.fault ??= why;
    return false;
  }
}

/** `name="a\"b"`, or a bare word. */
function parameter(text: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(text);
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}
