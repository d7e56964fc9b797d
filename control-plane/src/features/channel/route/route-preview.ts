/**
 * Where relays would send a request, by the rules that they follow (semantics 3.1, 3.3): what is stored decides, not what
 * rests on some relay at this moment. The rules are written twice, because packages meet at the schema only.
 */
import { Channel, ChannelStatus } from '../channel.entity.ts';
import { RouteObstacle, type RouteCandidate, type RouteExclusion } from './route.types.ts';

const budgets = /^(gemini-2\.5-(?:flash-lite|flash|pro)).*-thinking-\d+$/;

/** The name under which a family of models is listed; any other name stays (semantics 1.3). */
export function familyName(model: string): string {
  if (model.startsWith('gpt-4-gizmo')) return 'gpt-4-gizmo-*';
  if (model.startsWith('gpt-4o-gizmo')) return 'gpt-4o-gizmo-*';
  const family = budgets.exec(model)?.[1];
  return family === undefined ? model : `${family}-thinking-*`;
}

/** Chains are followed; a circle cannot be stored. */
export function mappedName(model: string, mapping: Readonly<Record<string, string>>): string {
  let name = model;
  for (let steps = 0; steps <= Object.keys(mapping).length && Object.hasOwn(mapping, name); steps++) name = mapping[name]!;
  return name;
}

/** A channel of the group that lists the model, or its family, with the number of its credentials that are on. */
export interface Listing { channel: Channel; group: string; listedModel: string; credentials: number }

export interface Asked { model: string; leftOut: ReadonlySet<number> }

function obstacleOf({ channel }: Listing, leftOut: ReadonlySet<number>): RouteObstacle | undefined {
  if (channel.status !== ChannelStatus.ENABLED) return channel.status === ChannelStatus.DISABLED ? RouteObstacle.DISABLED : RouteObstacle.AUTO_DISABLED;
  return leftOut.has(channel.id) ? RouteObstacle.LEFT_OUT : undefined;
}

/** Of each group those that list the model itself, or those that list its family when none of them is on. */
export function reachable(listings: readonly Listing[], model: string): Listing[] {
  const serving = new Set(listings.filter(({ listedModel, channel }) => listedModel === model && channel.status === ChannelStatus.ENABLED).map(({ group }) => group));
  return listings.filter(({ listedModel, group }) => listedModel === model || !serving.has(group));
}

/** Of a tier: by weight; all weights zero: equal parts; some zero: those get nothing. Six decimals. */
function shareOf(weight: number, tier: readonly Listing[]): string {
  const total = tier.reduce((sum, { channel }) => sum + Math.max(0, channel.weight), 0);
  return String(Number((total === 0 ? 1 / tier.length : Math.max(0, weight) / total).toFixed(6)));
}

function byPriority(listings: readonly Listing[]): Listing[][] {
  const priorities = [...new Set(listings.map(({ channel }) => channel.priority))].sort((one, other) => other - one);
  return priorities.map((priority) => listings.filter(({ channel }) => channel.priority === priority));
}

/** @param listings in the order in which their groups are tried */
export function rank(listings: readonly Listing[], { model, leftOut }: Asked): { candidates: RouteCandidate[]; excluded: RouteExclusion[] } {
  const reached = reachable(listings, model), usable = reached.filter((listing) => obstacleOf(listing, leftOut) === undefined);
  const excluded = reached.flatMap((listing) => {
    const obstacle = obstacleOf(listing, leftOut);
    return obstacle ? [{ channel: listing.channel, group: listing.group, obstacle }] : [];
  });
  const tiers = [...new Set(usable.map(({ group }) => group))].flatMap((group) => byPriority(usable.filter((one) => one.group === group)));
  const candidates = tiers.flatMap((together, tier) => together
    .map((one) => Object.assign({}, one, { tier, share: shareOf(one.channel.weight, together), mappedModel: mappedName(model, one.channel.modelMapping) }))
    .sort((one, other) => Number(other.share) - Number(one.share) || one.channel.id - other.channel.id));
  return { candidates, excluded };
}
