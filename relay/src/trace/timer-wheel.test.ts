import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Timed, TimerWheel } from './timer-wheel.ts';

class Entry extends Timed {
  asked: number[] = [];
  readonly again: (times: number) => number;
  constructor(again: (times: number) => number = () => 0) { super(); this.again = again; }
  onTime(now: number): number { this.asked.push(now); return this.again(this.asked.length); }
}

function wheel() {
  let now = 1_000;
  const of = new TimerWheel({ now: () => now, monotonic: () => now }, 25);
  of.stop();
  return { of, at: (ms: number) => { now = 1_000 + ms; of.advance(); } };
}

it('asks once, not early and at most two ticks late, however long the wait and the ticks', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1 }), fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 20 }), (waits, steps) => {
    const { of, at } = wheel();
    const entries = waits.map((ms) => ({ ms, entry: new Entry() }));
    entries.forEach(({ ms, entry }) => of.arm(entry, ms));
    let now = 0;
    for (const step of [...steps, 70_000]) {
      at(now += step);
      for (const { ms, entry } of entries) {
        if (now < ms) expect(entry.asked).toEqual([]);
        if (now >= ms + 50) expect(entry.asked).toHaveLength(1);
      }
    }
  }), { numRuns: 100 });
});

it('asks again as long as the entry wants it', () => {
  const { of, at } = wheel(), entry = new Entry((times) => (times < 3 ? 100 : 0));
  of.arm(entry, 100);
  for (let ms = 25; ms <= 2_000; ms += 25) at(ms);
  expect(entry.asked).toEqual([1_150, 1_300, 1_450]);
});

it('does not ask what was taken away, also by another that was asked in the same tick', () => {
  const { of, at } = wheel(), victim = new Entry(), killer = new Entry(() => { of.disarm(victim); return 0; }), moved = new Entry();
  of.arm(victim, 50);
  of.arm(killer, 50);
  of.arm(moved, 50);
  of.arm(moved, 500);
  at(200);
  expect([victim.asked, killer.asked.length, moved.asked]).toEqual([[], 1, []]);
  of.disarm(moved);
  at(2_000);
  expect(moved.asked).toEqual([]);
});
