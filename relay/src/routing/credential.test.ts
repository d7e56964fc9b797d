import { expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { channelOf } from '../pipeline/testing/fixed-snapshot.ts';
import { ChannelHealth } from './channel-health.ts';
import { chooseCredential } from './credential.ts';
import { Turns } from './turns.ts';

const credentials = [1, 2, 3].map((id) => ({ id, secret: `s${id}` }));

function chosen(mode: 'RANDOM' | 'POLLING', times: number, { resting = [] as number[], chance = 0 } = {}): number[] {
  const health = new ChannelHealth(() => 0), turns = new Turns();
  resting.forEach((id) => health.cooldown.rest(id, 60, 0));
  return Array.from({ length: times }, () => {
    const one = chooseCredential(channelOf({ credentials, credentialMode: mode }), { health, turns, chance: () => chance, now: 1 });
    return one instanceof Failure ? 0 : one.id;
  });
}

it.each([
  { name: 'polling takes them in turn', is: [1, 2, 3, 1], got: () => chosen('POLLING', 4) },
  { name: 'polling passes over what rests', is: [1, 3, 1], got: () => chosen('POLLING', 3, { resting: [2] }) },
  { name: 'chance decides otherwise', is: [3, 3], got: () => chosen('RANDOM', 2, { chance: 0.99 }) },
  { name: 'when all rest one is used all the same', is: [1], got: () => chosen('RANDOM', 1, { resting: [1, 2, 3] }) },
])('$name', ({ is, got }) => expect(got()).toEqual(is));

it('says so when there is none', () => {
  expect(chooseCredential(channelOf({ credentials: [] }), { health: new ChannelHealth(() => 0), turns: new Turns(), chance: () => 0, now: 1 })).toMatchObject({ code: 'channel:no_available_key' });
});
