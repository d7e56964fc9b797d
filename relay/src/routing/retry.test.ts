import { expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import type { FailureCode } from '../failure/catalogue.ts';
import { Cooldown, readRetryAfter } from './cooldown.ts';
import { mappedModel } from './model-mapping.ts';
import { attemptLimit, isRetryable, isRetryableStatus } from './retry.ts';
import { RetryBudget } from './retry-budget.ts';
import { usualRouting } from '../snapshot/settings-form.ts';

const usual = usualRouting.retryStatuses;

it.each([[100, true], [200, false], [204, false], [301, true], [400, false], [401, true], [403, true], [404, true], [407, true], [408, false], [409, true], [429, true],
  [499, true], [500, true], [503, true], [504, false], [505, true], [523, true], [524, false], [525, true], [599, true], [0, true], [700, true]])('status %i: %s', (status, retried) => {
  expect(isRetryableStatus(status, usual)).toBe(retried);
});

it.each([['429', 429, true], ['429', 500, false], ['400-408', 400, true], ['500-599', 504, false], ['500-599', 524, false], ['', 429, false], ['', 0, true]])('with the list "%s", status %i: %s', (list, status, retried) => {
  expect(isRetryableStatus(status, list)).toBe(retried);
});

it.each<{ name: string; code: FailureCode; status: number; again: boolean }>([
  { name: 'a fault of the channel', code: 'channel:invalid_key', status: 0, again: true },
  { name: 'a connection that never stood', code: 'upstream_timeout_connect', status: 0, again: true },
  { name: 'an upstream that does not begin', code: 'upstream_timeout_first_byte', status: 0, again: false },
  { name: 'a refusal that another channel may not share', code: 'bad_response_status_code', status: 429, again: true },
  { name: 'a bad request', code: 'bad_response_status_code', status: 400, again: false },
  { name: 'a gateway time-out', code: 'bad_response_status_code', status: 504, again: false },
  { name: 'nothing inside a success', code: 'empty_response', status: 200, again: true },
  { name: 'what nobody can read inside a success', code: 'bad_response_body', status: 200, again: false },
  { name: 'a cut inside a success', code: 'answer_cut', status: 200, again: true },
  { name: 'a client that left', code: 'client_gone', status: 0, again: false },
  { name: 'a request that cannot be converted', code: 'convert_request_failed', status: 0, again: false },
])('$name: $again', ({ code, status, again }) => expect(isRetryable({ failure: new Failure(code), status, sent: status > 0, once: false }, usual)).toBe(again));

it.each([429, 500, 503])('what every channel would refuse is final, also as a %i', (status) => {
  expect(isRetryable({ failure: new Failure('bad_response_status_code', { incurable: true }), status, sent: true, once: false }, usual)).toBe(false);
});

it.each<{ name: string; code: FailureCode; status: number; sent: boolean; again: boolean }>([
  { name: 'a connection that never stood', code: 'do_request_failed', status: 0, sent: false, again: true },
  { name: 'a connection that was reset after the request', code: 'do_request_failed', status: 0, sent: true, again: false },
  { name: 'a refusal before acceptance', code: 'bad_response_status_code', status: 429, sent: true, again: true },
  { name: 'an upstream that takes nothing now', code: 'bad_response_status_code', status: 503, sent: true, again: true },
  { name: 'a gateway before the upstream', code: 'bad_response_status_code', status: 502, sent: true, again: false },
  { name: 'nothing inside a success', code: 'empty_response', status: 200, sent: true, again: false },
])('what must not be made twice, after $name: $again', ({ code, status, sent, again }) => expect(isRetryable({ failure: new Failure(code), status, sent, once: true }, usual)).toBe(again));

it.each([[0, 1], [3, 4], [50, 10], [-2, 1]])('a setting of %i gives %i attempts', (setting, attempts) => expect(attemptLimit(setting)).toBe(attempts));

it.each([
  { name: 'an unmapped name stays', map: {}, is: 'a' },
  { name: 'chains are followed', map: { a: 'b', b: 'c' }, is: 'c' },
  { name: 'a name mapped to itself ends them', map: { a: 'b', b: 'b' }, is: 'b' },
])('$name', ({ map, is }) => expect(mappedModel('a', new Map(Object.entries(map)))).toBe(is));

it('says so when names run in a circle', () => {
  expect(mappedModel('a', new Map([['a', 'b'], ['b', 'c'], ['c', 'b']]))).toMatchObject({ code: 'channel:model_mapped_error' });
});

it('lets retries be a tenth of the requests, and at least three a second', () => {
  const quiet = new RetryBudget();
  expect(Array.from({ length: 31 }, () => quiet.take(5_000)).filter(Boolean)).toHaveLength(30);
  expect(quiet.take(15_000)).toBe(true);
  const busy = new RetryBudget();
  for (let count = 0; count < 1_000; count++) busy.request(5_000);
  expect(Array.from({ length: 200 }, () => busy.take(6_000)).filter(Boolean)).toHaveLength(100);
});

it.each([['7', 7], ['0', 0], ['Thu, 01 Jan 1970 00:00:10 GMT', 10], ['soon', undefined], [undefined, undefined], ['-1', undefined]])('Retry-After %s: %s s', (text, seconds) => {
  expect(readRetryAfter(text, 0)).toBe(seconds);
});

it('lets a credential rest as long as it was asked, a minute at most', () => {
  const cooldown = new Cooldown();
  cooldown.rest(1, 5, 0);
  cooldown.rest(2, 9_999, 0);
  expect([4_999, 5_000].map((now) => cooldown.isResting(1, now))).toEqual([true, false]);
  expect([59_999, 60_000].map((now) => cooldown.isResting(2, now))).toEqual([true, false]);
});
