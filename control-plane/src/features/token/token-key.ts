/** Keys of callers: `sk-` and 48 characters. Only a keyed hash finds one again (SEC-04); the relay computes the same. */
import { createHash, randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 48;

/** The 48 characters, without the prefix. */
export function newKey(): string {
  let key = '';
  for (let count = 0; count < length; count++) key += alphabet[randomInt(alphabet.length)];
  return key;
}

export const hashOfKey = (lookupKey: Buffer, key: string): string => createHash('sha256').update(lookupKey).update(key).digest('hex');

export const maskedKey = (key: string): string => `sk-${key.slice(0, 4)}**********${key.slice(-4)}`;

/** The 48 characters of a presented key, with or without `sk-` and a pinned channel; undefined when it is no key. */
export function readKey(text: string): string | undefined {
  const [key] = text.replace(/^sk-/, '').split('-');
  return key !== undefined && /^[0-9A-Za-z]{48}$/.test(key) ? key : undefined;
}
