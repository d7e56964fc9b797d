/**
 * Cursors: opaque, signed, bound to one list, filter and order (graphql-design 4). Without the signature a caller could
 * write order keys of its own into one, and with another filter it would point into a list that never had that row.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { deriveKey } from './secret-box.ts';

export type CursorValue = string | number | bigint | boolean | Date;

const encode = (value: CursorValue) => (typeof value === 'bigint' ? { n: String(value) } : value instanceof Date ? { d: value.getTime() } : value);

function decode(value: unknown): CursorValue {
  if (typeof value !== 'object' || value === null) return value as CursorValue;
  return 'n' in value ? BigInt(value.n as string) : new Date((value as { d: number }).d);
}

/** Names a list together with everything that decides what is in it and in which order. */
export function listScope(list: string, ...shape: unknown[]): string {
  const text = JSON.stringify([list, shape], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value instanceof RegExp ? String(value) : value));
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

const refuse = (code: string, message: string): never => { throw new GraphQLError(message, { extensions: { code } }); };

export class Cursors {
  private readonly key: Buffer;

  constructor(masterKey: Buffer) {
    this.key = deriveKey(masterKey, 'cursor');
  }

  write(scope: string, values: readonly CursorValue[]): string {
    const body = Buffer.from(JSON.stringify([scope, ...values.map(encode)]));
    return Buffer.concat([this.sign(body), body]).toString('base64url');
  }

  /** Throws BAD_USER_INPUT on what is no cursor of ours, CURSOR_MISMATCH on one of another list, filter or order. */
  read(scope: string, text: string): CursorValue[] {
    const bytes = Buffer.from(text, 'base64url');
    const mac = bytes.subarray(0, 16), body = bytes.subarray(16);
    if (bytes.length < 20 || !timingSafeEqual(mac, this.sign(body))) refuse('BAD_USER_INPUT', 'This is not a cursor: pass the endCursor of a page unchanged');
    const [own, ...values] = JSON.parse(body.toString()) as [string, ...unknown[]];
    if (own !== scope) refuse('CURSOR_MISMATCH', 'This cursor comes from another list, filter or order: begin at the first page');
    return values.map(decode);
  }

  private sign(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest().subarray(0, 16);
  }
}
