import { expect, it } from 'vitest';
import { crashPoint, readCrashPlan } from './crash-point.ts';

it.each([
  { name: 'nothing', text: '', plan: [] },
  { name: 'a point at its first pass', text: 'after-post', plan: [['after-post', 1]] },
  { name: 'several', text: ' before-post:3, after-grant:1 ', plan: [['before-post', 3], ['after-grant', 1]] },
])('reads $name', ({ text, plan }) => expect([...(readCrashPlan(text) as Map<string, number>)]).toEqual(plan));

it.each(['nowhere', 'after-post:0', 'after-post:x'])('refuses %s', (text) => expect(readCrashPlan(text)).toEqual(expect.any(String)));

it('does nothing while it is not armed', () => expect(crashPoint('after-post')).toBeUndefined());
