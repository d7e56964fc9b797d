/** Takes out the end mark of openai-chat, which some put behind streams of other dialects (dialects 3). Every other byte passes. */
import type { AnswerEditor } from '../dialect.ts';

const lf = 0x0a, cr = 0x0d, closeBracket = 0x5d;
const marks = ['data: [DONE]', 'data:[DONE]'], longest = 12;

const isMark = (text: string): boolean => marks.includes(text);
const mayBeMark = (text: string): boolean => marks.some((mark) => mark.startsWith(text));
const isLineEnd = (byte: number | undefined): boolean => byte === lf || byte === cr;

/** It looks at the end of each piece only: what is held back are the few bytes that may be the beginning of the mark. */
export class EndMarkFilter implements AnswerEditor {
  private held: Buffer | undefined;
  /** What passed last ended a line, or nothing passed yet. */
  private atLine = true;
  /** The mark went: its line ends go too. */
  private gone = false;

  push(chunk: Buffer): Buffer[] {
    const bytes = this.held ? Buffer.concat([this.held, chunk]) : chunk;
    this.held = undefined;
    let start = 0, end = bytes.length;
    while (this.gone && isLineEnd(bytes[start])) start++;
    if (start < end) this.gone = false;
    while (end > start && isLineEnd(bytes[end - 1])) end--;
    const line = this.lineOf(bytes, start, end);
    if (line >= 0 && bytes[end - 1] === closeBracket && end < bytes.length && isMark(bytes.toString('latin1', line, end))) {
      this.gone = true;
      return this.pass(bytes.subarray(start, line));
    }
    if (line < 0 || end < bytes.length || !mayBeMark(bytes.toString('latin1', line, end))) return this.pass(start === 0 ? bytes : bytes.subarray(start));
    this.held = bytes.subarray(line);
    return this.pass(bytes.subarray(start, line));
  }

  end(): Buffer[] {
    const { held } = this;
    return held && !isMark(held.toString('latin1')) ? [held] : [];
  }

  /** Where the last line begins that is not empty, if it is as short as the mark; −1: it is longer. */
  private lineOf(bytes: Buffer, start: number, end: number): number {
    for (let at = end - 1; at >= start && at >= end - longest - 1; at--) if (isLineEnd(bytes[at])) return at + 1;
    return end > start && end - start <= longest && this.atLine ? start : -1;
  }

  private pass(piece: Buffer): Buffer[] {
    if (!piece.length) return [];
    this.atLine = isLineEnd(piece[piece.length - 1]);
    return [piece];
  }
}
