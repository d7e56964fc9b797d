import { expect, it } from 'vitest';
import { KeptAnswer } from './kept-answer.ts';

it('an answer that was begun before a change is not kept, and one that was kept is forgotten', async () => {
  let made = 0;
  const kept = new KeptAnswer(1_000, () => 0), ask = (meanwhile = () => {}) => kept.get(async () => { meanwhile(); return { status: 200, headers: [], body: String(++made) }; });
  await ask(() => { kept.forget(); });
  expect(kept.peek()).toBeUndefined();
  await ask();
  expect(String(kept.peek()?.body)).toBe('2');
  kept.forget();
  expect(kept.peek()).toBeUndefined();
});

it('an answer is used again until its time, and a failure never', async () => {
  let now = 0, made = 0, status = 200;
  const kept = new KeptAnswer(1_000, () => now), ask = async () => String((await kept.get(async () => ({ status, headers: [], body: String(++made) }))).body);
  expect(kept.peek()).toBeUndefined();
  expect([await ask(), await ask()]).toEqual(['1', '1']);
  expect(String(kept.peek()?.body)).toBe('1');
  now = 1_000;
  status = 503;
  expect(kept.peek()).toBeUndefined();
  expect([await ask(), await ask()]).toEqual(['2', '3']);
});
