/** The immutable picture that a request sees from start to end. Built whole, checked whole, swapped whole. */
import type { JsonObject } from '../framing/json.ts';
import type { RelayChannel, RelayGroup, RelayPrice, RelaySettings, RelayToken, RelayUser } from '../gql/types.gen.ts';

/** What some providers need to know of a channel; empty where nobody said. */
export interface ChannelExtra {
  /** Account id, region, API version, bot id: the provider knows which. */
  readonly other: string;
  readonly organization: string;
  /** Switches of single providers. */
  readonly settings: JsonObject;
}

/** A channel ready for use: its credentials are opened, in memory only. */
export interface Channel extends Omit<RelayChannel, 'credentials' | 'modelMapping' | 'extra'> {
  readonly credentials: readonly { readonly id: number; readonly secret: string }[];
  readonly modelMapping: ReadonlyMap<string, string>;
  readonly extra: ChannelExtra;
}

export interface Snapshot {
  readonly version: number;
  readonly hash: string;
  readonly settings: RelaySettings;
  tokenByHash(keyHash: string): RelayToken | undefined;
  user(id: number): RelayUser | undefined;
  group(name: string): RelayGroup | undefined;
  price(model: string): RelayPrice | undefined;
  channel(id: number): Channel | undefined;
  /** Enabled channels that serve the model for the group, highest priority first. */
  channelsFor(group: string, model: string): readonly Channel[];
  /** Models that the group can reach through an enabled channel, sorted. */
  modelsOf(group: string): readonly string[];
}
