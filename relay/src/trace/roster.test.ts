import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Roster, type Seat } from './roster.ts';

it('holds what a set would hold, whatever comes and goes', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.constant('add' as const), fc.nat(30)), { maxLength: 200 }), (steps) => {
    const roster = new Roster<number>(), seats: Seat<number>[] = [], model = new Set<number>();
    for (const [index, step] of steps.entries()) {
      const seat = step === 'add' ? undefined : seats[step];
      if (step === 'add') { seats.push(roster.add(index)); model.add(index); }
      else if (seat) { roster.remove(seat); model.delete(seat.member); }
      const there: number[] = [];
      roster.each((member) => there.push(member));
      expect(there.toSorted((a, b) => a - b)).toEqual([...model]);
      expect(roster.size).toBe(model.size);
    }
  }));
});

it('visits everybody who was there, though some leave meanwhile', () => {
  const roster = new Roster<string>(), seats = ['a', 'b', 'c', 'd'].map((name) => roster.add(name)), seen: string[] = [];
  roster.each((member) => {
    seen.push(member);
    if (member === 'd') roster.remove(seats[0]!);
    roster.remove(seats.find((seat) => seat.member === member)!);
  });
  expect(seen.toSorted()).toEqual(['b', 'c', 'd']);
  expect(roster.size).toBe(0);
});
