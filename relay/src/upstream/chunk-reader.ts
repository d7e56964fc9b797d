/** The chunked coding (RFC 9112, 7.1), read strictly: CRLF only, sizes up to 2^52, extensions and trailers read over within limits. */

export interface ChunkSink {
  /** @param last everything up to the end of the coding has arrived with it */
  data(chunk: Buffer, last: boolean): void;
  finish(): void;
}

type State = 'size' | 'extension' | 'size-lf' | 'data' | 'data-cr' | 'data-lf' | 'trailer' | 'trailer-text' | 'trailer-lf' | 'end-lf' | 'done';

const cr = 13, lf = 10, semicolon = 59, space = 32, tab = 9;
const mostExtra = 65_536, mostDigits = 13;
/** What follows the last data, byte for byte, unless there are trailers. */
const ending = Buffer.from('\r\n0\r\n\r\n');

function hexValue(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
const isText = (byte: number): boolean => byte === tab || (byte >= space && byte !== 127);

export class ChunkReader {
  private state: State = 'size';
  private size = 0;
  private digits = 0;
  private extra = 0;
  private colon = false;
  /** Where the data of this read begins and ends; none: both 0. */
  private from = 0;
  private to = 0;
  /** Not yet in the first read with data: whether an answer is worth delivering is judged by its first chunk alone. */
  private gathers = false;
  private handed = false;
  private readonly sink: ChunkSink;
  /** The sink wants no more (it may say so inside a call). */
  stopped = false;

  constructor(sink: ChunkSink) {
    this.sink = sink;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  /**
   * Reads from `at`. What several chunks carried is moved together and handed on in one piece: an upstream that sends a burst
   * of small chunks costs one write to the client instead of one for each.
   *
   * @param bytes what was read of them is overwritten
   * @returns the position behind what was used, or -1 when the coding is broken
   */
  read(bytes: Buffer, at: number): number {
    this.from = this.to = 0;
    while (at < bytes.length && !this.stopped && !this.done) {
      if (this.state === 'data') {
        at = this.data(bytes, at);
      } else if (!this.step(bytes[at++]!)) {
        this.hand(bytes, false);
        return -1;
      } else if (this.done) {
        this.hand(bytes, false);
        this.sink.finish();
      }
    }
    this.hand(bytes, false);
    this.gathers ||= this.handed;
    return at;
  }

  private data(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.size);
    this.size -= end - at;
    const last = this.size === 0 && bytes.length - end === ending.length && bytes.compare(ending, 0, ending.length, end) === 0;
    if (this.size === 0) this.state = last ? 'done' : 'data-cr';
    if (this.from === this.to) this.from = at;
    else bytes.copyWithin(this.to, at, end);
    this.to = this.from === at ? end : this.to + end - at;
    if (last || !this.gathers) this.hand(bytes, last);
    return last ? bytes.length : end;
  }

  private hand(bytes: Buffer, last: boolean): void {
    const { from, to } = this;
    if (from === to) return;
    this.from = this.to = 0;
    this.handed = true;
    this.sink.data(bytes.subarray(from, to), last);
  }

  private step(byte: number): boolean {
    switch (this.state) {
      case 'size': return this.sizeByte(byte);
      case 'extension': return byte === cr ? this.goTo('size-lf') : isText(byte) && ++this.extra <= mostExtra;
      case 'size-lf': return byte === lf && this.goTo(this.size > 0 ? 'data' : 'trailer');
      case 'data-cr': return byte === cr && this.goTo('data-lf');
      case 'data-lf': this.digits = 0; return byte === lf && this.goTo('size');
      case 'trailer': this.colon = false; return byte === cr ? this.goTo('end-lf') : isTokenByte(byte) && this.goTo('trailer-text');
      case 'trailer-text': return this.trailerByte(byte);
      case 'trailer-lf': return byte === lf && this.goTo('trailer');
      case 'end-lf': return byte === lf && this.goTo('done');
      default: return false;
    }
  }

  private sizeByte(byte: number): boolean {
    const value = hexValue(byte);
    if (value >= 0) {
      this.size = (this.digits === 0 ? 0 : this.size * 16) + value;
      return ++this.digits <= mostDigits;
    }
    if (this.digits === 0) return false;
    if (byte === cr) return this.goTo('size-lf');
    return byte === semicolon && this.goTo('extension');
  }

  private trailerByte(byte: number): boolean {
    if (++this.extra > mostExtra) return false;
    if (byte === cr) return this.colon && this.goTo('trailer-lf');
    if (byte === 58) this.colon = true;
    return this.colon ? isText(byte) : isTokenByte(byte);
  }

  private goTo(state: State): true {
    this.state = state;
    return true;
  }
}

/** RFC 9110, 5.6.2. */
const tokenBytes = Array.from({ length: 128 }, (_, byte) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)));
const isTokenByte = (byte: number): boolean => tokenBytes[byte] === true;
