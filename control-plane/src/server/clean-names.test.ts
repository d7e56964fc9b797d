import { expect, it } from 'vitest';
import { cleanNames } from './clean-names.ts';

it.each([
  { of: 'direction characters', given: 'a\u202Eb\u2066c', is: 'abc' },
  { of: 'control characters', given: 'a\r\nb\u0085', is: 'ab' },
  { of: 'another spelling of the same letter', given: 'e\u0301', is: '\u00e9' },
  { of: 'nothing that emoji need', given: '\u{1F469}\u200D\u{1F4BB}', is: '\u{1F469}\u200D\u{1F4BB}' },
])('frees names of $of', ({ given, is }) => {
  const args = { input: { name: given, displayName: given, username: given, rows: [{ name: given }] } };
  cleanNames(args);
  expect(args).toEqual({ input: { name: is, displayName: is, username: given, rows: [{ name: is }] } });
});
