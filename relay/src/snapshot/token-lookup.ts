import { hash } from 'node:crypto';
import { deriveKey } from '../link/derived-key.ts';

/** Keys that are in use come again and again; what was presented stays in this process, as the request that presents it does. */
const mostKnown = 4_096;

/** Gives the function from the 48 characters of a key (without `sk-`) to the hash under which the picture lists its token. */
export function tokenLookup(masterKey: Buffer): (key: string) => string {
  const lookupKey = deriveKey(masterKey, 'token-lookup'), known = new Map<string, string>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const hashed = hash('sha256', Buffer.concat([lookupKey, Buffer.from(key)]), 'hex');
    // Emptied, and not tidied: guessing costs whoever guesses a hash each time, and nobody else more than one.
    if (known.size >= mostKnown) known.clear();
    known.set(key, hashed);
    return hashed;
  };
}
