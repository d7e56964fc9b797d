import { expect, it } from 'vitest';
import { presentedKey, splitKey } from './key-forms.ts';

const secret = 'Ab3'.repeat(16);

it.each([
  { name: 'Bearer and sk-', text: `Bearer sk-${secret}`, pin: undefined },
  { name: 'any letter case of Bearer', text: `bEARER sk-${secret}`, pin: undefined },
  { name: 'no Bearer', text: `sk-${secret}`, pin: undefined },
  { name: 'the bare 48 characters', text: secret, pin: undefined },
  { name: 'a channel behind the key', text: `Bearer sk-${secret}-17`, pin: '17' },
  { name: 'what stands behind the channel is ignored', text: `sk-${secret}-17-x`, pin: '17' },
  { name: 'a channel that is no number is left to the next step', text: `sk-${secret}-abc`, pin: 'abc' },
  { name: 'spaces around', text: `  Bearer   sk-${secret} `, pin: undefined },
])('reads $name', ({ text, pin }) => expect(splitKey(text)).toEqual({ secret, pin }));

it.each([
  ['nothing', ''], ['a word', 'Bearer'], ['47 characters', `sk-${secret.slice(1)}`], ['49 characters', `sk-${secret}x`],
  ['a sign that no key has', `sk-${secret.slice(1)}_`], ['a basic credential', 'Basic dXNlcjpwYXNz'], ['another alphabet', `sk-${'ä'.repeat(48)}`],
])('takes no key from %s', (_name, text) => expect(splitKey(text).secret).toBeUndefined());

const headers = (more: object) => ({
  authorization: `Bearer sk-${'a'.repeat(48)}`, apiKey: '', googApiKey: '', midjourneySecret: '', webSocketProtocol: '', acceptLanguage: '', anthropicVersion: '',
  contentEncoding: '', contentType: '', clientRequestId: '', forwardedFor: '', hops: 0, hasPassed: false, passed: () => '', all: new Map<string, string>(), ...more,
});

it.each([
  { name: 'the header of the dialect wins over Authorization', given: { apiKey: secret }, query: '', place: 'api-key', from: secret },
  { name: 'it is not looked at elsewhere', given: { apiKey: secret }, query: '', place: 'authorization', from: 'a'.repeat(48) },
  { name: 'Authorization serves where the special header is missing', given: {}, query: '', place: 'api-key', from: 'a'.repeat(48) },
  { name: 'the query on the list of models', given: {}, query: `key=sk-${secret}`, place: 'any', from: secret },
  { name: 'Google\'s header wins over the query', given: { googApiKey: secret }, query: `key=${'b'.repeat(48)}`, place: 'any', from: secret },
  { name: 'a query key is nothing on chat', given: {}, query: `key=sk-${secret}`, place: 'authorization', from: 'a'.repeat(48) },
] as const)('$name', ({ given, query, place, from }) => expect(presentedKey(headers(given), query, place).secret).toBe(from));
