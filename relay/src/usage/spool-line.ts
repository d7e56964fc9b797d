/**
 * One line of the spool: `<crc32, 8 hex> <kind> <key> <json>\n`, where the checksum covers everything after it. Kind and key
 * stand before the JSON, so that a start after an outage reads a million lines without parsing them.
 *
 * | kind | key | json |
 * | --- | --- | --- |
 * | S segment | sequence of the last record before this line | `packedForms`; `{}` where the file goes on |
 * | R reserved | charge id | a packed ReservedNote |
 * | A answered | charge id | a packed Served |
 * | C checkpoint | charge id | UsedSoFar |
 * | O outcome | sequence `:` charge id | SpoolRecord with a UsageEvent, packed |
 * | B given back | sequence | SpoolRecord with a LeaseReturn, packed |
 */
import { crc32 } from 'node:zlib';

export type LineKind = 'S' | 'R' | 'A' | 'C' | 'O' | 'B';

/** The JSON stays bytes until somebody wants it. */
export interface SpoolLine { readonly kind: LineKind; readonly key: string; readonly json: Buffer }

/** A line as it is given to the file, which adds its checksum and its end. */
export interface NewLine { readonly kind: LineKind; readonly key: string; readonly json: string }

/** Makes bytes of lines in one buffer that is used again and again. */
export class LineEncoder {
  private buffer = Buffer.allocUnsafe(64 * 1024);
  private length = 0;

  /**
   * @param ends is given the place where each line ends, from the beginning of the bytes
   * @returns the bytes of all lines, valid until the next call
   */
  encode(lines: readonly NewLine[], ends: number[]): Buffer {
    this.length = 0;
    for (const line of lines) ends.push(this.add(line));
    return this.buffer.subarray(0, this.length);
  }

  private add({ kind, key, json }: NewLine): number {
    const start = this.length + KIND_AT;
    this.makeRoom(start + 3 * (key.length + json.length) + 4);
    const { buffer } = this;
    let end = start + buffer.write(`${kind} ${key} `, start, 'latin1');
    end += buffer.write(json, end);
    writeHex(buffer, this.length, crc32(buffer.subarray(start, end)));
    buffer[start - 1] = SPACE;
    buffer[end] = NEWLINE;
    return this.length = end + 1;
  }

  private makeRoom(most: number): void {
    if (most > this.buffer.length) this.buffer = Buffer.concat([this.buffer.subarray(0, this.length)], 2 * most);
  }
}

const SPACE = 0x20, NEWLINE = 0x0a;
const KIND_AT = 9;
const KEY_START = 11;

const digits = Buffer.from('0123456789abcdef');

/** Eight hexadecimal digits. */
function writeHex(buffer: Buffer, at: number, value: number): void {
  for (let digit = 0; digit < 8; digit++) buffer[at + digit] = digits[(value >>> (28 - 4 * digit)) & 15]!;
}

/** A line without its end; undefined when it is damaged. */
export function readLine(line: Buffer): SpoolLine | undefined {
  if (line.length < 14 || line[8] !== 0x20) return undefined;
  if (Number.parseInt(line.toString('latin1', 0, 8), 16) !== crc32(line.subarray(9))) return undefined;
  const space = line.indexOf(0x20, KEY_START);
  return { kind: String.fromCharCode(line[KIND_AT] ?? 0) as LineKind, key: line.toString('latin1', KEY_START, space), json: line.subarray(space + 1) };
}

// The checksum fits: it is what this relay wrote, in the form of its kind.
export const readJson = <T>(line: SpoolLine): T => JSON.parse(line.json.toString());
