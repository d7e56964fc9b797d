/** The immutable picture that a request sees from start to end. Built whole, checked whole, swapped whole. */
import type { RelayChannel, RelayGroup, RelayPrice, RelaySettings, RelayToken, RelayUser } from '../gql/types.gen.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import type { ChannelExtra } from '../providers/provider.ts';

/** A channel ready for use: its credentials are opened, in memory only. */
export interface Channel extends Omit<RelayChannel, 'credentials' | 'modelMapping' | 'extra'> {
  readonly credentials: readonly { readonly id: number; readonly secret: string; /** Among all of the channel; undefined: it is the only one. */ readonly place?: number }[];
  readonly modelMapping: ReadonlyMap<string, string>;
  /** Where its connections go first; opened, in memory only. */
  readonly proxy?: string;
  readonly extra: ChannelExtra;
}

export interface Snapshot {
  readonly version: number;
  readonly hash: string;
  readonly settings: RelaySettings;
  /** `settings.models`, ready for use. */
  readonly models: ModelSettings;
  /** Rules of a channel, or of the settings, speak of headers of clients. */
  readonly readsHeaders: boolean;
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
