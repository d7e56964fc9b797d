/**
 * One line of the spool: `<crc32, 8 hex> <kind> <key> <json>\n`, where the checksum covers everything after it. Kind and key
 * stand before the JSON, so that a start after an outage reads a million lines without parsing them.
 *
 * | kind | key | json |
 * | --- | --- | --- |
 * | S segment | sequence of the last record before this file | `{}` |
 * | R reserved | charge id | ReservedNote |
 * | A answered | charge id | `{}` |
 * | C checkpoint | charge id | UsageTokens |
 * | O outcome | sequence `:` charge id | UsageEvent |
 * | B given back | sequence | LeaseReturn |
 */
import { crc32 } from 'node:zlib';
import type { LeaseReturn } from '../gql/types.gen.ts';
import type { Admission } from '../quota/reservation.ts';

export type LineKind = 'S' | 'R' | 'A' | 'C' | 'O' | 'B';

/** A reservation as it must be known after a crash. Amounts are quota units. */
export interface ReservedNote { readonly admission: Admission; readonly hold: number; readonly parts: readonly LeaseReturn[] }

/** The JSON stays bytes until somebody wants it. */
export interface SpoolLine { readonly kind: LineKind; readonly key: string; readonly json: Buffer }

/** A line as text, still without its checksum and its end: see `LineEncoder`. */
export const writeLine = (kind: LineKind, key: string, json: string): string => `${kind} ${key} ${json}`;

/** Makes bytes of lines in one buffer that is used again and again. */
export class LineEncoder {
  private buffer = Buffer.allocUnsafe(64 * 1024);
  private length = 0;

  /** The bytes of all lines, valid until the next call. */
  encode(lines: readonly string[]): Buffer {
    this.length = 0;
    for (const line of lines) this.add(line);
    return this.buffer.subarray(0, this.length);
  }

  private add(line: string): void {
    const most = this.length + KIND_AT + 3 * line.length + 1;
    if (most > this.buffer.length) this.buffer = Buffer.concat([this.buffer.subarray(0, this.length)], 2 * most);
    const start = this.length + KIND_AT;
    const end = start + this.buffer.write(line, start);
    this.buffer.write(`${crc32(this.buffer.subarray(start, end)).toString(16).padStart(8, '0')} `, this.length, 'latin1');
    this.buffer[end] = 0x0a;
    this.length = end + 1;
  }
}

const KIND_AT = 9;
const KEY_START = 11;

/** A line without its end; undefined when it is damaged. */
export function readLine(line: Buffer): SpoolLine | undefined {
  if (line.length < 14 || line[8] !== 0x20) return undefined;
  if (Number.parseInt(line.toString('latin1', 0, 8), 16) !== crc32(line.subarray(9))) return undefined;
  const space = line.indexOf(0x20, KEY_START);
  return { kind: String.fromCharCode(line[KIND_AT] ?? 0) as LineKind, key: line.toString('latin1', KEY_START, space), json: line.subarray(space + 1) };
}

/** The JSON of a record as it is shipped, from the JSON of its content. */
export const recordJson = (kind: LineKind, sequence: number, content: string): string =>
  kind === 'O' ? `{"sequence":${sequence},"usage":${content},"returned":null}` : `{"sequence":${sequence},"usage":null,"returned":${content}}`;

// The checksum fits: it is what this relay wrote, in the form of its kind.
export const readJson = <T>(line: SpoolLine): T => JSON.parse(line.json.toString());
