import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Breaker } from './breaker.ts';

const breaker = (chance = 1): Breaker => new Breaker(() => chance);
const times = (count: number, act: () => void): void => { for (let index = 0; index < count; index++) act(); };

it('five failures in a row let it rest for thirty seconds, then one request tries it', () => {
  const one = breaker();
  times(4, () => expect(one.failed(1, 0)).toBe(false));
  expect([one.rests(1, 0), one.failed(1, 0), one.rests(1, 29_999), one.rests(1, 30_000)]).toEqual([false, true, true, false]);
  one.begun(1, 30_000);
  expect(one.rests(1, 30_001)).toBe(true);
  one.succeeded(1, 30_002);
  expect(one.rests(1, 30_003)).toBe(false);
});

it('a success in between begins the count anew', () => {
  const one = breaker();
  times(4, () => one.failed(1, 0));
  one.succeeded(1, 0);
  times(4, () => one.failed(1, 0));
  expect(one.rests(1, 0)).toBe(false);
});

it.each([
  { name: 'half of twenty', pattern: 'FSFSFSFSFSFSFSFSFSFF', rests: true },
  { name: 'less than half of more', pattern: 'FSSFSSFSSFSSFSSFSSFSSFSSFSSFSS', rests: false },
  { name: 'half of too few', pattern: 'FSFSFSFSFSFSFSFSFS', rests: false },
])('$name in ten seconds: $rests', ({ pattern, rests }) => {
  const one = breaker();
  for (const sign of pattern) if (sign === 'F') one.failed(1, 0); else one.succeeded(1, 0);
  expect(one.rests(1, 1)).toBe(rests);
});

it('what happened more than ten seconds ago does not count', () => {
  const one = breaker();
  for (let second = 0; second < 40; second++) { one.failed(1, second * 11_000); one.succeeded(1, second * 11_000 + 1); }
  expect(one.rests(1, 440_000)).toBe(false);
});

it('each rest is longer, at most five minutes, and a good time forgets them', () => {
  const one = breaker(), rests: number[] = [];
  let now = 0;
  times(5, () => one.failed(1, now));
  for (let round = 0; round < 12; round++) {
    rests.push(one.restsUntil(1) - now);
    now = one.restsUntil(1);
    one.begun(1, now);
    one.failed(1, now);
  }
  expect(rests.slice(0, 4)).toEqual([30_000, 60_000, 90_000, 120_000]);
  expect(Math.max(...rests)).toBe(300_000);
  now = one.restsUntil(1);
  one.begun(1, now);
  one.succeeded(1, now);
  one.succeeded(1, now + 11_000);
  expect(one.isQuiet).toBe(true);
});

it('a trial whose client leaves makes room for another', () => {
  const one = breaker();
  times(5, () => one.failed(1, 0));
  one.begun(1, 30_000);
  one.released(1);
  expect(one.rests(1, 30_000)).toBe(false);
  one.begun(1, 30_000);
  expect([one.rests(1, 149_999), one.rests(1, 150_000)]).toEqual([true, false]);
});

it('while resting nothing that ends late changes it', () => {
  const one = breaker();
  times(5, () => one.failed(1, 0));
  one.succeeded(1, 10);
  one.failed(1, 20);
  expect([one.rests(1, 29_999), one.rests(1, 30_001)]).toEqual([true, false]);
});

it('rests lie between three quarters and the whole of their time', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (chance) => {
    const one = breaker(chance);
    times(5, () => one.failed(1, 0));
    expect(one.restsUntil(1)).toBeGreaterThanOrEqual(22_500);
    expect(one.restsUntil(1)).toBeLessThanOrEqual(30_000);
  }));
});
