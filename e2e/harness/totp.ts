/** What an authenticator app shows (RFC 6238: SHA-1, 6 digits, 30 seconds). */
import { createHmac } from 'node:crypto';

function bytesOf(base32: string): Buffer {
  const bits = Array.from(base32.replaceAll('=', '')).map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

/** @param step half minutes since 1970; a code is good once, so a later one needs a later step */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', bytesOf(secret)).update(counter).digest(), offset = hash[19]! & 15;
  return String((hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}

export const stepNow = (): number => Math.floor(Date.now() / 30_000);
