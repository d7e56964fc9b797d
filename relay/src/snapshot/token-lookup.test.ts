import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { deriveKey } from '../link/derived-key.ts';
import { tokenLookup } from './token-lookup.ts';

const masterKey = Buffer.alloc(32, 7);
const expected = (key: string): string => createHash('sha256').update(deriveKey(masterKey, 'token-lookup')).update(key).digest('hex');

it('is the hash of the derived key and the whole key, whatever was asked before', () => {
  const lookup = tokenLookup(masterKey);
  const keys = ['a'.repeat(48), `${'b'.repeat(47)}c`, 'short', 'ä'.repeat(24), 'ä'.repeat(48), 'a'.repeat(48), ''];
  expect(keys.map(lookup)).toEqual(keys.map(expected));
});
