import { expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import type { FailureCode } from '../failure/catalogue.ts';
import { channelOf } from '../pipeline/testing/fixed-snapshot.ts';
import { usualRouting } from '../snapshot/settings-form.ts';
import { ChannelHealth } from './channel-health.ts';
import { FaultReports } from './fault-reports.ts';
import { signOf } from './fault.ts';
import { uselessBecause } from './useless-credential.ts';

const channels = (count: number) => Array.from({ length: count }, (_, index) => channelOf({ id: index + 1 }));

function resting(count: number, failing: readonly number[], sign: 'channel' | 'credential' = 'channel'): number[] {
  const health = new ChannelHealth(() => 1);
  failing.forEach((id, order) => { for (let time = 0; time < 5; time++) health.ended(id, id * 10, sign, order); });
  return [...health.restingAmong(channels(count), 10)].toSorted((a, b) => a - b);
}

it.each([
  { name: 'one of three', count: 3, failing: [2], is: [2] },
  { name: 'the last one serves', count: 1, failing: [1], is: [] },
  { name: 'one of two at most', count: 2, failing: [1, 2], is: [2] },
  { name: 'half of five at most, those that failed last', count: 5, failing: [1, 2, 3, 4], is: [3, 4] },
])('of those that failed: $name', ({ count, failing, is }) => expect(resting(count, failing)).toEqual(is));

it('a channel rests when its only credential does', () => expect(resting(3, [2], 'credential')).toEqual([2]));

it('one bad credential of several leaves the others, and the channel, awake', () => {
  const health = new ChannelHealth(() => 1), many = [channelOf({ id: 1, credentials: [{ id: 10, secret: 'a' }, { id: 11, secret: 'b' }] }), channelOf({ id: 2 })];
  for (let time = 0; time < 5; time++) health.ended(1, 10, 'credential', 0);
  expect([health.isCredentialResting(10, 1), health.isCredentialResting(11, 1), health.restingAmong(many, 1).size]).toEqual([true, false, 0]);
});

it('all may rest that were asked to wait', () => {
  const health = new ChannelHealth(() => 1);
  [10, 20].forEach((id) => health.cooldown.rest(id, 30, 0));
  expect(health.restingAmong(channels(2), 1).size).toBe(2);
});

it.each<{ code: FailureCode; status: number; sign: string }>([
  { code: 'channel:invalid_key', status: 401, sign: 'credential' }, { code: 'channel:no_available_key', status: 402, sign: 'credential' }, { code: 'bad_response_status_code', status: 429, sign: 'credential' },
  { code: 'bad_response_status_code', status: 500, sign: 'channel' }, { code: 'do_request_failed', status: 0, sign: 'channel' }, { code: 'upstream_timeout_first_byte', status: 0, sign: 'channel' },
  { code: 'empty_response', status: 200, sign: 'channel' }, { code: 'bad_response_status_code', status: 400, sign: 'fine' }, { code: 'bad_response_status_code', status: 404, sign: 'fine' },
  { code: 'client_gone', status: 0, sign: 'nothing' }, { code: 'channel:model_mapped_error', status: 0, sign: 'nothing' }, { code: 'convert_request_failed', status: 0, sign: 'nothing' },
])('$code with status $status says: $sign', ({ code, status, sign }) => expect(signOf(new Failure(code), status)).toBe(sign));

const rules = { ...usualRouting, disableStatuses: '401,418', disableKeywords: ['credit balance is too low'] };
it.each<{ name: string; failure: Failure; status: number; is: string | undefined }>([
  { name: 'a status of the list', failure: new Failure('channel:invalid_key', { note: '401 bad sk-abcdefghij' }), status: 401, is: 'status_code=401, 401 bad [hidden]' },
  { name: 'words of the list, in any letter case', failure: new Failure('bad_response_status_code', { note: '400 Your Credit Balance is too LOW' }), status: 400, is: 'status_code=400, 400 Your Credit Balance is too LOW' },
  { name: 'a secret that does not fit its provider', failure: new Failure('channel:invalid_key', { note: 'does not fit' }), status: 0, is: 'does not fit' },
  { name: 'another refusal', failure: new Failure('channel:invalid_key', { note: 'forbidden' }), status: 403, is: undefined },
  { name: 'an upstream that is away', failure: new Failure('do_request_failed', { note: 'credit balance is too low' }), status: 0, is: undefined },
])('$name', ({ failure, status, is }) => expect(uselessBecause(failure, status, rules)).toBe(is));

it('a credential is told once in five seconds', () => {
  const told: number[] = [], reports = new FaultReports(({ at }) => told.push(at));
  for (const now of [0, 1, 4_999, 5_000, 5_001, 11_000]) reports.tell({ channelId: 1, credentialId: 10, status: 401, reason: 'x' }, now);
  expect(told).toEqual([0, 5_000, 11_000]);
});
