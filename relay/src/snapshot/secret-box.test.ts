import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deriveKey } from '../link/derived-key.ts';
import { SecretBox } from './secret-box.ts';

const place = z.object({ table: z.string(), row: z.union([z.string(), z.number()]), column: z.string() });
const vectors = z.object({
  masterKey: z.string(),
  derived: z.object({ envelope: z.string(), 'token-lookup': z.string(), 'relay-link': z.string() }),
  envelopes: z.array(z.object({ place, secret: z.string(), envelope: z.string() })),
}).parse(JSON.parse(readFileSync(new URL('../../fixtures/secret-box/vectors.json', import.meta.url), 'utf8')));
const masterKey = Buffer.from(vectors.masterKey, 'base64');
const [vector] = vectors.envelopes;

it.each(['envelope', 'token-lookup', 'relay-link'] as const)('derives the %s key as the control plane does', (purpose) => {
  expect(deriveKey(masterKey, purpose).toString('hex')).toBe(vectors.derived[purpose]);
});

describe('an envelope that the control plane sealed', () => {
  const box = new SecretBox(masterKey);

  it.each(vectors.envelopes.map((one) => ({ ...one, name: `${one.place.table}/${one.place.row}` })))('opens at $name', ({ place: at, secret, envelope }) => {
    expect(box.open(envelope, at)).toBe(secret);
  });

  it.each([{ row: 2 }, { table: 'user' }, { column: 'name' }])('does not open when it was moved (%o)', (elsewhere) => {
    expect(box.open(vector!.envelope, { ...vector!.place, ...elsewhere })).toBeUndefined();
  });

  it('does not open under another master key', () => {
    expect(new SecretBox(Buffer.alloc(32, 7)).open(vector!.envelope, vector!.place)).toBeUndefined();
  });

  it('does not open when any of its characters was changed', () => {
    const { envelope, place: at } = vector!;
    for (let i = 5; i < envelope.length; i++) {
      const changed = `${envelope.slice(0, i)}${envelope[i] === 'A' ? 'Q' : 'A'}${envelope.slice(i + 1)}`;
      const opened = box.open(changed, at);
      // The last character of a part may hold bits that base64 ignores.
      if (Buffer.from(changed.split('.').at(-1)!, 'base64url').equals(Buffer.from(envelope.split('.').at(-1)!, 'base64url'))
        && Buffer.from(changed.split('.')[2]!, 'base64url').equals(Buffer.from(envelope.split('.')[2]!, 'base64url'))) continue;
      expect(opened).toBeUndefined();
    }
  });

  it.each(['', 'w1', 'w2.1.a.b', 'w1.1..', 'w1.1.a.b.c', 'sk-plain'])('is not taken for one when it has no such form (%s)', (text) => {
    expect(box.open(text, vector!.place)).toBeUndefined();
  });
});
