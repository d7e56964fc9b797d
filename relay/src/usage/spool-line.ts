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
import type { LeaseReturn, SpoolRecord } from '../gql/types.gen.ts';
import type { Admission } from '../quota/reservation.ts';

export type LineKind = 'S' | 'R' | 'A' | 'C' | 'O' | 'B';

/** A reservation as it must be known after a crash. Amounts are quota units. */
export interface ReservedNote { readonly admission: Admission; readonly hold: number; readonly parts: readonly LeaseReturn[] }

/** The JSON stays bytes until somebody wants it. */
export interface SpoolLine { readonly kind: LineKind; readonly key: string; readonly json: Buffer }

export function writeLine(kind: LineKind, key: string, body: unknown): string {
  const text = `${kind} ${key} ${JSON.stringify(body)}`;
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
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

export const recordKey = (record: SpoolRecord): [LineKind, string, unknown] =>
  record.usage ? ['O', `${record.sequence}:${record.usage.chargeId}`, record.usage] : ['B', String(record.sequence), record.returned];

/** The record of an O or B line. */
export function toRecord(line: SpoolLine): SpoolRecord {
  const sequence = Number.parseInt(line.key, 10);
  return line.kind === 'O' ? { sequence, usage: readJson(line), returned: null } : { sequence, usage: null, returned: readJson(line) };
}

// The checksum fits: it is what this relay wrote, in the form of its kind.
export const readJson = <T>(line: SpoolLine): T => JSON.parse(line.json.toString());
