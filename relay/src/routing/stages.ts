/** Where a request may go (semantics 3.1, 3.3): a group and its channels, and for the group `auto` the groups that come after it. */
import { Failure } from '../failure/failure.ts';
import type { RelayGroup } from '../gql/types.gen.ts';
import type { Channel, Snapshot } from '../snapshot/snapshot.ts';
import { normalisedModel } from './model-name.ts';

export interface Stage {
  /** Whose ratio is applied to what is served here. */
  readonly group: RelayGroup;
  /** By descending priority, never empty. */
  readonly channels: readonly Channel[];
}

/** Who asks, as far as it decides where the request may go. */
export interface Asker {
  /** The group that serves, or of `auto` the first that may. */
  readonly group: RelayGroup;
  /** With the group `auto`: the others, in order. */
  readonly otherGroups: readonly RelayGroup[];
  /** The only channel, whatever its groups and models (semantics 2.3). */
  readonly pinned: Channel | undefined;
  /** A failed attempt may go on in the next group. */
  readonly crossGroups: boolean;
}

/**
 * The first group that has a channel for the model; where attempts may cross groups, those after it too. Never empty.
 * Failure: `model_not_found`, in the words that clients match on.
 */
export function stagesFor(model: string, asker: Asker, snapshot: Snapshot): readonly Stage[] | Failure {
  const { group, otherGroups, pinned } = asker;
  if (pinned) return [{ group, channels: [pinned] }];
  const own = channelsOf(group.name, model, snapshot);
  if (own.length > 0 && !asker.crossGroups) return [{ group, channels: own }];
  const stages: Stage[] = own.length > 0 ? [{ group, channels: own }] : [];
  for (const other of otherGroups) if (add(stages, other, model, snapshot) && !asker.crossGroups) return stages;
  if (stages.length > 0) return stages;
  const shown = otherGroups.length > 0 ? 'auto' : group.name;
  return new Failure('model_not_found', { say: `No available channel for model ${short(model)} under group ${shown} (distributor)` });
}

function add(stages: Stage[], group: RelayGroup, model: string, snapshot: Snapshot): boolean {
  const channels = channelsOf(group.name, model, snapshot);
  if (channels.length > 0) stages.push({ group, channels });
  return channels.length > 0;
}

function channelsOf(group: string, model: string, snapshot: Snapshot): readonly Channel[] {
  const exact = snapshot.channelsFor(group, model);
  if (exact.length > 0) return exact;
  const family = normalisedModel(model);
  return family === model ? exact : snapshot.channelsFor(group, family);
}

/** Names come from clients; a message is not the place for a long one. */
const short = (model: string): string => (model.length > 128 ? `${model.slice(0, 128)}…` : model);

/** An attempt, as its stage counts it. */
export interface Step { readonly stage: Stage; readonly attempt: number }

/** Where an attempt belongs: each priority of a group is one attempt, then the next group begins with its first. */
export function stepOf(stages: readonly Stage[], attempt: number): Step {
  let left = attempt;
  for (let index = 0; index + 1 < stages.length; index++) {
    const stage = stages[index]!, steps = new Set(stage.channels.map((channel) => channel.priority)).size;
    if (left < steps) return { stage, attempt: left };
    left -= steps;
  }
  return { stage: stages[stages.length - 1]!, attempt: left };
}
