/** Which channel comes next (semantics 3.1 and 3.2, our variants). Chance comes in as an argument. */
import type { Channel } from '../snapshot/snapshot.ts';

/** @returns a number from 0 up to, not including, 1 */
export type Chance = () => number;

export interface Choice {
  /** Counted from 0. */
  readonly attempt: number;
  /** Ids of channels that come last. */
  readonly resting: ReadonlySet<number>;
  readonly chance: Chance;
}

/**
 * The channel for an attempt. Tier `min(attempt, last)` of the priorities in descending order; inside it a share by weight.
 * A channel that was tried already comes again only when every candidate was tried. Resting channels come last of all.
 *
 * @param candidates by descending priority, never empty
 * @param tried ids of the channels of earlier attempts
 */
export function chooseChannel(candidates: readonly Channel[], tried: readonly number[], { attempt, resting, chance }: Choice): Channel {
  if (candidates.length === 1) return candidates[0]!;
  const untried = tried.length === 0 ? candidates : candidates.filter((channel) => !tried.includes(channel.id));
  const fresh = untried.length > 0 ? untried : candidates;
  const awake = resting.size === 0 ? fresh : fresh.filter((channel) => !resting.has(channel.id));
  const usable = awake.length > 0 ? awake : fresh;
  return byWeight(tierOf(usable, candidates, attempt), chance);
}

/** The tier that the attempt has come to, or the nearest one below it, or above it, that still has a usable channel. */
function tierOf(usable: readonly Channel[], candidates: readonly Channel[], attempt: number): readonly Channel[] {
  const first = usable[0]!, last = usable[usable.length - 1]!;
  if (first.priority === last.priority) return usable;
  const priorities = [...new Set(candidates.map((channel) => channel.priority))];
  const wanted = priorities[Math.min(attempt, priorities.length - 1)]!;
  const priority = (usable.find((channel) => channel.priority <= wanted) ?? last).priority;
  return usable.filter((channel) => channel.priority === priority);
}

/** Share by weight; all weights zero: equal shares; some zero: those get nothing while a weighted one is there. */
function byWeight(tier: readonly Channel[], chance: Chance): Channel {
  if (tier.length === 1) return tier[0]!;
  let total = 0;
  for (const channel of tier) total += Math.max(0, channel.weight);
  if (total === 0) return tier[Math.floor(chance() * tier.length)] ?? tier[0]!;
  let mark = chance() * total;
  for (const channel of tier) {
    mark -= Math.max(0, channel.weight);
    if (mark < 0) return channel;
  }
  return tier.findLast((channel) => channel.weight > 0) ?? tier[0]!;
}
