import type { RelayPrice, RelaySettings } from '../gql/types.gen.ts';
import type { PersistentMap } from './persistent-map.ts';
import type { Channel } from './snapshot.ts';

const known = new WeakMap<object, boolean>();

/** Whether anything speaks of headers of clients: only then are they kept. Channels and prices are looked through once for each of their versions. */
export function readsHeaders({ routing }: RelaySettings, channels: PersistentMap<number, Channel>, prices: PersistentMap<string, RelayPrice>): boolean {
  return /header|user_agent/.test(routing.affinity ?? '') || channelsDo(channels) || pricesDo(prices);
}

function channelsDo(channels: PersistentMap<number, Channel>): boolean {
  let found = known.get(channels);
  if (found === undefined) known.set(channels, found = [...channels.values()].some(({ rules }) => Boolean(rules?.headerOverride) || /header/.test(rules?.paramOverride ?? '')));
  return found;
}

function pricesDo(prices: PersistentMap<string, RelayPrice>): boolean {
  let found = known.get(prices);
  if (found === undefined) known.set(prices, found = [...prices.values()].some(({ expression }) => Boolean(expression?.text.includes('header'))));
  return found;
}
