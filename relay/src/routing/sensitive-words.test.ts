import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allowedBody, sensitiveFault } from './sensitive-words.ts';
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

it('blacks out every letter of every word, and no other', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  fc.assert(fc.property(fc.array(letters, { maxLength: 6 }), fc.string({ unit: fc.constantFrom('a', 'B', 'c', 'd'), maxLength: 30 }), (list, text) => {
    const black = new Set<number>();
    for (const word of list) for (let at = text.toLowerCase().indexOf(word); at >= 0; at = text.toLowerCase().indexOf(word, at + 1)) for (let index = at; index < at + word.length; index++) black.add(index);
    const expected = Array.from(text, (letter, index) => (black.has(index) ? '*' : letter)).join('');
    expect(new WordSearch(list).blackedOut(text, '*')).toBe(black.size > 0 ? expected : undefined);
  }));
});

const going = { sensitiveWords: words, stopOnSensitive: false };
it.each([
  { name: 'the word and nothing else', given: '{ "model":"forbidden", "n": 1.0, "messages":[{"content":"so FORBIDDEN, so"}] }', is: '{ "model":"forbidden", "n": 1.0, "messages":[{"content":"so *********, so"}] }' },
  { name: 'nothing where there is none', given: '{ "messages" : [] }', is: '{ "messages" : [] }' },
  { name: 'nothing of an address', given: '{"messages":[{"content":[{"image_url":"https://x/forbidden"},{"text":"禁词"}]}]}', is: '{"messages":[{"content":[{"image_url":"https://x/forbidden"},{"text":"**"}]}]}' },
  { name: 'nothing of a number that no double holds', given: '{"input":["forbidden",12345678901234567890]}', is: '{"input":["*********",12345678901234567890]}' },
  { name: 'a whole text whose letters change their number', given: '{"input":"İ forbidden"}', is: '{"input":"***********"}' },
])('takes out $name', ({ given, is }) => expect(allowedBody(Buffer.from(given), going)).toEqual(Buffer.from(is)));

it('refuses the same where it is to stop', () => {
  expect(allowedBody(Buffer.from('{"input":"forbidden"}'), { ...going, stopOnSensitive: true })).toMatchObject({ code: 'sensitive_words_detected' });
});
