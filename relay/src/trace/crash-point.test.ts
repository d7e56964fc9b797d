import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { readCrashPlan, type CrashPoint } from './crash-point.ts';

it.each([
  { name: 'an empty text arms nothing', text: '', plan: [] },
  { name: 'a point without a number dies at its first pass', text: 'mid-stream', plan: [['mid-stream', 1]] },
  { name: 'several points are told apart by commas', text: 'before-reserve:1, mid-stream:3', plan: [['before-reserve', 1], ['mid-stream', 3]] },
])('$name', ({ text, plan }) => expect(readCrashPlan(text)).toEqual(new Map(plan as [CrashPoint, number][])));

it.each([
  { name: 'an unknown point is named', text: 'lunch:1', says: 'lunch' },
  { name: 'a pass must be a number from 1', text: 'mid-stream:0', says: 'mid-stream:0' },
])('$name', ({ text, says }) => expect(readCrashPlan(text)).toContain(says));

it('dies by SIGKILL at the pass that was named, and not before', () => {
  const script = `import { armCrashPoints, crashPoint } from ${JSON.stringify(new URL('./crash-point.ts', import.meta.url).href)};
    crashPoint('mid-stream'); armCrashPoints({ WEIR_CRASH_AT: 'mid-stream:1' }); crashPoint('mid-stream'); armCrashPoints({ NODE_ENV: 'test', WEIR_CRASH_AT: 'mid-stream:2' });
    crashPoint('mid-stream'); crashPoint('after-settle'); console.log('alive'); crashPoint('mid-stream'); console.log('never');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect({ out: run.stdout, signal: run.signal }).toEqual({ out: 'alive\n', signal: 'SIGKILL' });
});
