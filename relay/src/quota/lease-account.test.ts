import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LeaseAccount, type Part } from './lease-account.ts';

const accountWith = (...granted: number[]): LeaseAccount => {
  const account = new LeaseAccount('user:1');
  for (const [index, remaining] of granted.entries()) account.leases.push({ id: String(index), remaining, reserved: 0, deadline: 1_000 });
  return account;
};

it('reservations, charges and returns never sum above what was granted, save what a charge exceeds its hold by', () => {
  const move = fc.record({ hold: fc.integer({ min: 1, max: 50 }), spend: fc.nat(80), which: fc.nat(9), kind: fc.constantFrom('take', 'end', 'return') });
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }), fc.array(move, { maxLength: 60 }), (granted, moves) => {
    const account = accountWith(...granted);
    const total = granted.reduce((sum, each) => sum + each, 0);
    const held: { parts: Part[]; hold: number }[] = [];
    let [spent, excess, returned] = [0, 0, 0];
    for (const { hold, spend, which, kind } of moves) {
      if (kind === 'take' && account.free(0) >= hold) held.push({ parts: account.take(hold, 0), hold });
      else if (kind === 'end') {
        const [ended] = held.splice(which % Math.max(1, held.length), 1);
        if (!ended) continue;
        const draws = account.spend(ended.parts, spend, 0);
        expect(draws.reduce((sum, draw) => sum + Number(draw.amount), 0)).toBe(spend);
        expect(new Set(draws.map((draw) => draw.leaseId)).size).toBe(draws.length);
        spent += spend;
        excess += Math.max(0, spend - ended.hold);
      } else if (kind === 'return' && which === 0) returned += account.giveBack('all', 0).reduce((sum, each) => sum + Number(each.amount), 0);
      const reserved = held.reduce((sum, each) => sum + each.hold, 0);
      expect(reserved).toBe(held.flatMap((each) => each.parts).reduce((sum, part) => sum + part.amount, 0));
      expect(account.free(0) + reserved + spent + returned).toBeLessThanOrEqual(total + excess);
    }
  }), { numRuns: 300 });
});

it.each([
  { name: 'takes from several leases what one cannot give', granted: [30, 30], hold: 50, spend: 40, draws: [['0', '30'], ['1', '10']] },
  { name: 'draws what exceeds the hold from what is free', granted: [100], hold: 20, spend: 70, draws: [['0', '70']] },
  { name: 'goes below zero on the lease of the hold at last', granted: [20, 5], hold: 20, spend: 100, draws: [['0', '95'], ['1', '5']] },
  { name: 'names no lease when nothing is spent', granted: [20], hold: 20, spend: 0, draws: [] },
])('$name', ({ granted, hold, spend, draws }) => {
  const account = accountWith(...granted);
  expect(account.spend(account.take(hold, 0), spend, 0).map((draw) => [draw.leaseId, draw.amount])).toEqual(draws);
});

it('a lease past its deadline is not reserved from, but what was reserved before is charged to it', () => {
  const account = accountWith(100);
  const parts = account.take(60, 0);
  expect(account.free(1_000)).toBe(0);
  expect(account.spend(parts, 50, 2_000)).toEqual([{ leaseId: '0', account: 'user:1', amount: '50' }]);
  expect(account.giveBack('lapsed', 2_000)).toEqual([{ leaseId: '0', account: 'user:1', amount: '50' }]);
});

it('a lease that went below zero is not paid for with others', () => {
  const account = accountWith(10);
  account.spend(account.take(10, 0), 25, 0);
  account.leases.push({ id: 'new', remaining: 40, reserved: 0, deadline: 1_000 });
  expect(account.free(0)).toBe(40);
});
