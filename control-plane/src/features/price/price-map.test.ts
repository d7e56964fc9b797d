import fc from 'fast-check';
import { expect, it } from 'vitest';
import { familyCompletionRatio } from './family-ratios.ts';
import { readPriceMap, writePriceMap } from './price-map.ts';

it.each([
  { name: 'reads numbers', text: '{"a": 1.25, "b": 0}', map: { a: 1_250_000, b: 0 } },
  { name: 'reads numbers given as text', text: '{"a": "0.075"}', map: { a: 75_000 } },
  { name: 'rounds what a tool has computed to six places', text: '{"a": 1.3333333333333333}', map: { a: 1_333_333 } },
  { name: 'reads an exponent, as JSON writers give it', text: '{"a": 1e-5}', map: { a: 10 } },
  { name: 'reads blank text as an empty map', text: ' ', map: {} },
])('$name', ({ text, map }) => expect(readPriceMap(text)).toEqual(new Map(Object.entries(map))));

it.each([
  { name: 'names the model of a negative ratio', text: '{"a": 1, "b": -1}', fault: 'b' },
  { name: 'never rounds a positive ratio to zero', text: '{"a": 1e-9}', fault: 'a' },
  { name: 'refuses a ratio over a million', text: '{"a": 1000001}', fault: 'a' },
  { name: 'refuses a boolean', text: '{"a": true}', fault: 'a' },
  { name: 'refuses a nested map', text: '{"a": {"b": 1}}', fault: 'a' },
  { name: 'refuses text that is no number', text: '{"a": "much"}', fault: 'a' },
  { name: 'refuses a name that cannot be stored', text: '{"a\\u0000": 1}', fault: 'a\0' },
  { name: 'refuses a list', text: '[1]', fault: '' },
  { name: 'refuses what is no JSON', text: '{a: 1}', fault: '' },
])('$name', ({ text, fault }) => expect(readPriceMap(text)).toEqual({ fault }));

it('reads what it writes', () => {
  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[\w:./-]{1,30}$/), fc.integer({ min: 0, max: 1e12 })), (given) => {
    const map = new Map(Object.entries(given));
    expect(readPriceMap(writePriceMap(map))).toEqual(map);
  }));
});

it.each([
  ['gpt-4o', 4], ['gpt-4o-2024-05-13', 3], ['gpt-4o-gizmo-*', 2], ['gpt-4o-mini-tts', 20], ['chatgpt-4o-latest', 3], ['gpt-4-turbo-preview', 3], ['gpt-4.5-preview', 2],
  ['gpt-5', 8], ['gpt-5-mini', 8], ['gpt-5.1', 8], ['gpt-5.4', 6], ['gpt-5.4-nano', 6.25], ['o1-mini', 4], ['o3', 4], ['o4-mini', 4], ['gpt-3.5-turbo', 3],
  ['gpt-3.5-turbo-1106', 2], ['gpt-3.5-turbo-16k', 1.333333], ['claude-3-haiku-20240307', 5], ['claude-sonnet-4-5', 5], ['claude-opus-4-1', 5], ['mistral-large', 3],
  ['gemini-1.5-pro', 4], ['gemini-2.0-flash', 4], ['gemini-2.5-pro', 8], ['command-r', 3], ['command-r-plus', 5], ['command-r-08-2024', 4], ['anything-else', 1], ['some-model-all', 2],
])('gives %s the completion ratio %d by default', (model, ratio) => expect(familyCompletionRatio(model)).toBe(Math.round(ratio * 1_000_000)));
