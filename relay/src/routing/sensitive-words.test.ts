import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sensitiveFault } from './sensitive-words.ts';
import { WordSearch } from './word-search.ts';

it('finds exactly what a search for each word finds', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  fc.assert(fc.property(fc.array(letters, { maxLength: 6 }), fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 30 }), (words, text) => {
    expect(new WordSearch(words).isIn(text)).toBe(words.some((word) => text.includes(word)));
  }));
});

const words = ['forbidden', '禁词', 'two words'];
it.each<{ name: string; body: unknown; found: boolean }>([
  { name: 'in a message', body: { messages: [{ role: 'user', content: 'this is FORBIDDEN here' }] }, found: true },
  { name: 'in a part', body: { messages: [{ content: [{ type: 'text', text: 'a 禁词 b' }] }] }, found: true },
  { name: 'in the system text of another dialect', body: { system: 'Two Words' }, found: true },
  { name: 'in an input', body: { input: ['ok', 'forbidden'] }, found: true },
  { name: 'not in an address', body: { image_url: 'https://x/forbidden' }, found: false },
  { name: 'not in the name of a model', body: { model: 'forbidden' }, found: false },
  { name: 'not parted by other signs', body: { input: 'two  words' }, found: false },
])('$name: $found', ({ body, found }) => expect(sensitiveFault(Buffer.from(JSON.stringify(body)), words)?.code).toBe(found ? 'sensitive_words_detected' : undefined));

it('is found behind escapes, and a text without words is not read', () => {
  expect(sensitiveFault(Buffer.from('{"input":"\\u0066orbidden"}'), words)?.code).toBe('sensitive_words_detected');
  expect(sensitiveFault(Buffer.from('not json'), [])).toBeUndefined();
});
