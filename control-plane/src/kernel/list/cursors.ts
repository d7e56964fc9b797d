/** Opaque places in a list, signed, so that nobody sends one that we did not make (graphql-design 4). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';

export type CursorValue = Date | bigint | number | string | null;

/** The row before the page: its value in the list's order, and its id, which breaks ties. */
export interface Position { value: CursorValue; id: number }

type Packed = [kind: 'd' | 'b' | 'n' | 's' | '0', text: string, id: number];

function pack({ value, id }: Position): Packed {
  if (value === null) return ['0', '', id];
  if (value instanceof Date) return ['d', value.toISOString(), id];
  return [typeof value === 'bigint' ? 'b' : typeof value === 'number' ? 'n' : 's', String(value), id];
}

function unpack([kind, text, id]: Packed): Position {
  const value = kind === '0' ? null : kind === 'd' ? new Date(text) : kind === 'b' ? BigInt(text) : kind === 'n' ? Number(text) : text;
  return { value, id };
}

/** Names a list: which rows in which order. A cursor of another list does not fit. */
export const listName = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).digest('base64url').slice(0, 16);

export class Cursors {
  constructor(private readonly key: Buffer) {}

  write(list: string, position: Position): string {
    const body = Buffer.from(JSON.stringify(pack(position)));
    return Buffer.concat([this.mac(list, body), body]).toString('base64url');
  }

  /** Throws CURSOR_MISMATCH for a cursor of another list, and for what is none. */
  read(list: string, cursor: string): Position {
    const bytes = Buffer.from(cursor, 'base64url'), body = bytes.subarray(12);
    const isOurs = bytes.length > 12 && bytes.length < 4_096 && timingSafeEqual(bytes.subarray(0, 12), this.mac(list, body));
    if (!isOurs) throw new GraphQLError('This cursor does not belong to this list: keep filter and order, or begin again', { extensions: { code: 'CURSOR_MISMATCH' } });
    return unpack(JSON.parse(body.toString('utf8')) as Packed);
  }

  private mac(list: string, body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(`${list}\n`).update(body).digest().subarray(0, 12);
  }
}
