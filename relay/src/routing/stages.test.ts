import { expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { channelOf, fixedSnapshot, keyOf, lookup } from '../pipeline/testing/fixed-snapshot.ts';
import { groupsOf } from './groups.ts';
import { normalisedModel } from './model-name.ts';
import { stagesFor, stepOf } from './stages.ts';

const groups = [{ name: 'default' }, { name: 'vip', ratio: 2_000_000 }, { name: 'closed', selectable: false }, { name: 'empty' }];
const channels = [
  { id: 1, groups: ['vip'], priority: 9 }, { id: 2, groups: ['vip'], priority: 0 }, { id: 3, groups: ['default'] }, { id: 4, groups: ['closed'] },
  { id: 5, groups: ['default'], models: ['gpt-4-gizmo-*'] },
];

/** Group and channels of each stage, for a token of the group `auto` unless told otherwise. */
function way({ auto = ['default'], group = 'auto', cross = false, model = 'gpt-4o', own = 'default' }): string[] | string {
  const snapshot = fixedSnapshot({ tokens: [{ key: keyOf('a'), group, crossGroupRetry: cross }], users: [{ group: own }], groups, channels, settings: { routing: { ...fixedSnapshot({}).settings.routing, autoGroups: auto } } });
  const token = snapshot.tokenByHash(lookup(keyOf('a')))!;
  const found = groupsOf(token, snapshot.user(1)!, snapshot);
  if (found instanceof Failure) return found.code;
  const stages = stagesFor(model, { ...found, crossGroups: cross, pinned: undefined }, snapshot);
  return stages instanceof Failure ? stages.say : stages.map((stage) => `${stage.group.name}:${stage.channels.map(({ id }) => id).join(',')}`);
}

it.each([
  { name: 'a group of its own is the only stage', of: { group: 'vip', cross: true }, is: ['vip:1,2'] },
  { name: 'auto takes the first group that has a channel', of: { auto: ['empty', 'vip', 'default'] }, is: ['vip:1,2'] },
  { name: 'where attempts may cross, the groups after it follow', of: { auto: ['vip', 'empty', 'default'], cross: true }, is: ['vip:1,2', 'default:3'] },
  { name: 'a group that the owner may not use is passed over', of: { auto: ['closed', 'default'], cross: true }, is: ['default:3'] },
  { name: 'the own group may be closed to others', of: { auto: ['closed', 'default'], own: 'closed' }, is: ['closed:4'] },
  { name: 'a group that is gone is passed over', of: { auto: ['retired', 'default'] }, is: ['default:3'] },
  { name: 'no group at all is refused', of: { auto: ['closed'] }, is: 'access_denied' },
  { name: 'no channel in any of them', of: { auto: ['empty', 'default'], model: 'none' }, is: 'No available channel for model none under group auto (distributor)' },
  { name: 'a model of a family goes where the family is listed', of: { group: 'default', model: 'gpt-4-gizmo-abc' }, is: ['default:5'] },
])('$name', ({ of, is }) => expect(way(of)).toEqual(is));

it('each priority of a group is one attempt, then the next group begins with its first', () => {
  const snapshot = fixedSnapshot({ groups });
  const stages = [{ group: snapshot.group('vip')!, channels: [1, 2].map((id) => channelOf({ id, priority: -id })) }, { group: snapshot.group('default')!, channels: [channelOf({ id: 3 })] }];
  expect([0, 1, 2, 3].map((attempt) => { const step = stepOf(stages, attempt); return [step.stage.group.name, step.attempt]; })).toEqual([['vip', 0], ['vip', 1], ['default', 0], ['default', 1]]);
});

it.each([
  ['gemini-2.5-flash-thinking-2048', 'gemini-2.5-flash-thinking-*'], ['gemini-2.5-flash-lite-06-17-thinking-99', 'gemini-2.5-flash-lite-thinking-*'], ['gemini-2.5-pro-thinking', 'gemini-2.5-pro-thinking'],
  ['gpt-4o-gizmo-x', 'gpt-4o-gizmo-*'], ['gpt-4o', 'gpt-4o'],
])('%s is listed as %s', (model, family) => expect(normalisedModel(model)).toBe(family));
