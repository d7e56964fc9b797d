import { hash } from 'node:crypto';
import { deriveKey } from '../link/derived-key.ts';

const keyLength = 48;

/**
 * Gives the function from the 48 characters of a key (without `sk-`) to the hash under which the picture lists its token. It is made
 * anew for each request: a map from keys to hashes would keep the keys of everybody in memory.
 */
export function tokenLookup(masterKey: Buffer): (key: string) => string {
  const lookupKey = deriveKey(masterKey, 'token-lookup');
  // Written over for each key, as all have one length: half of the cost was to put the two together.
  const both = Buffer.concat([lookupKey, Buffer.alloc(keyLength)]);
  return (key) => {
    if (Buffer.byteLength(key) !== keyLength) return hash('sha256', Buffer.concat([lookupKey, Buffer.from(key)]), 'hex');
    both.write(key, lookupKey.length);
    return hash('sha256', both, 'hex');
  };
}
