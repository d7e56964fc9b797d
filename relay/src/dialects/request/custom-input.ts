/**
 * A custom tool takes free text. Models of other houses get it as a function with one argument, `input`; what they write into
 * that is decoded while it arrives (dialects 4.5).
 */
import { member, parseJson, text } from '../json-member.ts';

const beginning = /^\s*\{\s*"input"\s*:\s*"/;
/** Characters and escapes of a JSON string, as far as they are whole. */
const whole = /^(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/;
/** The first half of a character whose second half may still come. */
const half = /(?:\\u[dD][89abAB][0-9a-fA-F]{2}|[\ud800-\udbff])$/;

export class CustomInput {
  private given = '';
  /** Where the text begins, or what of it was decoded ends; undefined: it did not begin yet. */
  private at: number | undefined;
  private said = '';

  /** @returns the text that became known */
  push(piece: string): string {
    this.given += piece;
    this.at ??= beginning.exec(this.given)?.[0].length;
    if (this.at === undefined) return '';
    const raw = (whole.exec(this.given.slice(this.at))?.[0] ?? '').replace(half, '');
    const decoded = text(parseJson(`"${raw}"`));
    if (decoded === undefined) return '';
    this.at += raw.length;
    this.said += decoded;
    return decoded;
  }

  /** Arguments that are none of ours are the input itself. @returns all of it, and what of it was not said yet */
  end(): { input: string; rest: string } {
    const parsed = parseJson(this.given);
    const input = text(member(parsed, 'input')) ?? (this.said === '' ? this.given : this.said);
    return input.startsWith(this.said) ? { input, rest: input.slice(this.said.length) } : { input: this.said, rest: '' };
  }
}
