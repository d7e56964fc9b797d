import { expect, it } from 'vitest';
import { everyMs, type Load, LoadJudge } from '../trace/load-watch.ts';
import { Admission } from './admission.ts';

function judged(samples: readonly [lagMs: number, times: number, memory?: number][]): Load {
  const judge = new LoadJudge();
  let load: Load = 'fine';
  for (const [lagMs, times, memory = 0] of samples) for (let index = 0; index < times; index++) load = judge.take({ lagMs, memory }, 0.85);
  return load;
}

it.each<{ name: string; samples: [number, number, number?][]; is: Load }>([
  { name: 'a quiet loop', samples: [[3, 20]], is: 'fine' },
  { name: 'a pause', samples: [[400, 3]], is: 'fine' },
  { name: 'two seconds of more than 50 ms', samples: [[60, 2_000 / everyMs]], is: 'busy' },
  { name: 'five seconds of more than 100 ms', samples: [[120, 5_000 / everyMs]], is: 'cpu' },
  { name: 'a good moment in between', samples: [[120, 9], [5, 1], [120, 3]], is: 'fine' },
  { name: 'memory', samples: [[1, 1, 0.86]], is: 'memory' },
  { name: 'memory that was freed', samples: [[1, 1, 0.86], [1, 1, 0.5]], is: 'fine' },
])('$name is $is', ({ samples, is }) => expect(judged(samples)).toBe(is));

it('under overload nobody comes in, and is told when to come again', () => {
  const codes = (['fine', 'busy', 'cpu', 'memory'] as const).map((load) => new Admission(() => load).refusal()?.code);
  expect(codes).toEqual([undefined, undefined, 'system_cpu_overloaded', 'system_memory_overloaded']);
  expect(new Admission(() => 'cpu').refusal()?.details.retryAfterSeconds).toBe(2);
});

it('while busy, one who has much more under way than others waits; the others do not', () => {
  let load: Load = 'fine';
  const door = new Admission(() => load);
  for (let index = 0; index < 60; index++) door.enter(1);
  for (const user of [2, 3, 4, 5]) door.enter(user);
  load = 'busy';
  expect([door.enter(1)?.code, door.enter(2)]).toEqual(['system_cpu_overloaded', undefined]);
  for (let index = 0; index < 50; index++) door.leave(1);
  expect(door.enter(1)).toBeUndefined();
});
