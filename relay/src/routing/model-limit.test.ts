import { expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { usualGuards } from '../snapshot/settings-form.ts';
import { type Limit, type LimitCounter, limitFor, ModelLimits } from './model-limit.ts';
import { OwnCounter } from './own-counter.ts';

const limit = (total: number, success: number): Limit => ({ total, success, windowMs: 60_000 });
const away: LimitCounter = { take: () => Promise.resolve(undefined), takeBack: () => undefined };

async function passed(limits: ModelLimits, of: Limit, times: number): Promise<number> {
  let count = 0;
  for (let index = 0; index < times; index++) if (!(await limits.ask(1, of) instanceof Failure)) count++;
  return count;
}

it.each([
  { name: 'the entry of the group', group: 'vip', is: limit(5, 3) },
  { name: 'the entry for all', group: 'other', is: { ...limit(9, 0) } },
])('$name', ({ group, is }) => {
  expect(limitFor({ ...usualGuards, modelLimits: [{ group: '', total: 9, success: 0 }, { group: 'vip', total: 5, success: 3 }] }, group)).toEqual(is);
});

it.each([{ name: 'no limits', modelLimits: [] }, { name: 'limits of none', modelLimits: [{ group: '', total: 0, success: 0 }] }])('$name limit nothing', ({ modelLimits }) => {
  expect(limitFor({ ...usualGuards, modelLimits }, 'default')).toBeUndefined();
});

it('requests are counted whatever becomes of them, answered ones only while they are', async () => {
  const limits = new ModelLimits(away, new OwnCounter(() => 0), () => 1);
  for (let index = 0; index < 3; index++) { const grant = await limits.ask(1, limit(0, 1)); if (!(grant instanceof Failure)) grant.failed(); }
  expect(await passed(limits, limit(0, 1), 2)).toBe(1);
  expect(await passed(limits, limit(5, 0), 3)).toBe(1);
});

it('says which limit is full, and when there is room again', async () => {
  let now = 0;
  const limits = new ModelLimits(away, new OwnCounter(() => now), () => 1);
  await passed(limits, limit(2, 0), 2);
  now = 20_000;
  const refused = await limits.ask(1, limit(2, 0));
  expect(refused).toMatchObject({ code: 'rate_limit_exceeded', details: { retryAfterSeconds: 40, say: 'You have reached the limit of 2 requests in 1 minute.' } });
  expect(await limits.ask(2, limit(2, 0))).not.toBeInstanceOf(Failure);
  now = 60_001;
  expect(await limits.ask(1, limit(2, 0))).not.toBeInstanceOf(Failure);
});

it('while the common counter is away each relay counts its share', async () => {
  expect(await passed(new ModelLimits(away, new OwnCounter(() => 0), () => 4), limit(10, 0), 9)).toBe(2);
});
