import { hash } from 'node:crypto';
import { deriveKey } from '../link/derived-key.ts';

/** Gives the function from the 48 characters of a key (without `sk-`) to the hash under which the picture lists its token. */
export function tokenLookup(masterKey: Buffer): (key: string) => string {
  const lookupKey = deriveKey(masterKey, 'token-lookup');
  return (key) => hash('sha256', Buffer.concat([lookupKey, Buffer.from(key)]), 'hex');
}
