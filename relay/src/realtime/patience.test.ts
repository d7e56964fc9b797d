import { expect, it } from 'vitest';
import { TimerWheel } from '../trace/timer-wheel.ts';
import { Patience } from './patience.ts';

const tickMs = 25;

type Doing = 'asked' | 'begun' | 'heard' | 'rest' | 'resume' | 'excuse' | 'unexcuse' | 'held' | 'released';

/** @returns milliseconds after the beginning at which it ran out, and why */
function lateAt(steps: readonly (readonly [atMs: number, does: Doing])[]): { at: number; code: string } | undefined {
  let now = 0, late: { at: number; code: string } | undefined;
  const wheel = new TimerWheel({ now: () => now, monotonic: () => now }, tickMs);
  wheel.stop();
  const patience = new Patience({ connectMs: 1, firstByteMs: 1_000, silenceMs: 500, totalMs: 5_000 }, wheel, ({ code }) => { late = { at: now, code }; });
  for (; now <= 20_000 && !late; now += tickMs) {
    wheel.advance();
    for (const [at, does] of steps) if (at === now) patience[does]();
  }
  return late;
}

it.each<{ name: string; steps: [number, Doing][]; late: { from: number; code: string } | undefined }>([
  { name: 'nothing was asked', steps: [[0, 'heard']], late: undefined },
  { name: 'an answer does not begin', steps: [[100, 'asked']], late: { from: 1_100, code: 'upstream_timeout_first_byte' } },
  { name: 'it is asked again, which gives no more time', steps: [[100, 'asked'], [900, 'asked']], late: { from: 1_100, code: 'upstream_timeout_first_byte' } },
  { name: 'an answer falls silent', steps: [[0, 'asked'], [200, 'heard'], [200, 'begun'], [600, 'heard']], late: { from: 1_100, code: 'upstream_timeout_idle' } },
  { name: 'an answer does not end', steps: [[0, 'heard'], [0, 'begun'], ...Array.from({ length: 60 }, (_, index): [number, Doing] => [index * 100, 'heard'])], late: { from: 5_000, code: 'upstream_timeout_idle' } },
  { name: 'the turn is over', steps: [[0, 'heard'], [0, 'begun'], [300, 'rest'], [400, 'resume']], late: undefined },
  { name: 'the client does not read, and then does', steps: [[0, 'heard'], [0, 'begun'], [100, 'excuse'], [3_000, 'unexcuse']], late: { from: 3_500, code: 'upstream_timeout_idle' } },
  { name: 'the client never reads', steps: [[0, 'heard'], [0, 'begun'], [100, 'excuse']], late: { from: 5_000, code: 'upstream_timeout_idle' } },
  { name: 'the provider does not read', steps: [[200, 'held']], late: { from: 700, code: 'upstream_timeout_idle' } },
  { name: 'the provider reads again in time', steps: [[200, 'held'], [600, 'released']], late: undefined },
  { name: 'the provider does not read while a turn is paid, and after it', steps: [[200, 'held'], [300, 'rest'], [2_000, 'resume']], late: { from: 2_500, code: 'upstream_timeout_idle' } },
  { name: 'the client reads again while a turn is paid for which the provider does not read', steps: [[200, 'held'], [250, 'excuse'], [300, 'rest'], [400, 'unexcuse']], late: undefined },
])('is at an end within two ticks of the limit, and never before it, when $name', ({ steps, late }) => {
  const found = lateAt(steps);
  expect(found?.code).toBe(late?.code);
  if (!found || !late) return;
  expect(found.at).toBeGreaterThanOrEqual(late.from);
  expect(found.at).toBeLessThanOrEqual(late.from + 2 * tickMs);
});
