import type { RelayGroup, RelayHead, RelayPrice, RelaySettings, RelayToken, RelayUser } from '../gql/types.gen.ts';
import { type ModelSettings, modelSettings } from '../models/model-settings.ts';
import { PersistentMap } from './persistent-map.ts';
import type { Resource } from './resource.ts';
import { readsHeaders } from './reads-headers.ts';
import { Routes } from './routes.ts';
import type { Channel, Snapshot } from './snapshot.ts';

/** A resource as it is kept: its text (for the disk), its share of the hash, and what it means. */
export type Held = {
  readonly key: string;
  readonly body: string;
  readonly digest: bigint;
} & (Exclude<Resource, { kind: 'channel' }> | { readonly kind: 'channel'; readonly value: Channel });

/** All indexes of one version. Nothing in it ever changes. */
export interface Indexes {
  readonly held: PersistentMap<string, Held>;
  readonly tokens: PersistentMap<string, RelayToken>;
  readonly users: PersistentMap<number, RelayUser>;
  readonly groups: PersistentMap<string, RelayGroup>;
  readonly prices: PersistentMap<string, RelayPrice>;
  readonly channels: PersistentMap<number, Channel>;
  readonly routes: Routes;
  readonly sum: bigint;
  readonly bytes: number;
}

export const noIndexes: Indexes = Object.freeze({
  held: new PersistentMap<string, Held>(), tokens: new PersistentMap<string, RelayToken>(), users: new PersistentMap<number, RelayUser>(),
  groups: new PersistentMap<string, RelayGroup>(),
  prices: new PersistentMap<string, RelayPrice>(), channels: new PersistentMap<number, Channel>(), routes: new Routes(), sum: 0n, bytes: 0,
});

/** A version that passed every check: what requests see of it, and what the next delta and the disk need. */
export class Picture implements Snapshot {
  readonly version: number;
  readonly hash: string;
  readonly head: RelayHead;
  readonly settings: RelaySettings;
  readonly models: ModelSettings;
  readonly indexes: Indexes;
  readonly readsHeaders: boolean;

  constructor(head: RelayHead, settings: RelaySettings, indexes: Indexes) {
    this.version = head.version;
    this.hash = head.hash;
    this.head = head;
    this.settings = settings;
    this.models = modelSettings(settings.models);
    this.indexes = indexes;
    this.readsHeaders = readsHeaders(settings, indexes.channels, indexes.prices);
  }

  /** Not a token whose owner is gone: a user that is deleted takes everything under it along, in the same version (CFG-03). */
  tokenByHash(keyHash: string): RelayToken | undefined {
    const token = this.indexes.tokens.get(keyHash);
    return token && this.indexes.users.get(token.userId) ? token : undefined;
  }

  user(id: number): RelayUser | undefined { return this.indexes.users.get(id); }
  group(name: string): RelayGroup | undefined { return this.indexes.groups.get(name); }
  price(model: string): RelayPrice | undefined { return this.indexes.prices.get(model); }
  channel(id: number): Channel | undefined { return this.indexes.channels.get(id); }
  channelsFor(group: string, model: string): readonly Channel[] { return this.indexes.routes.channelsFor(group, model); }
  modelsOf(group: string): readonly string[] { return this.indexes.routes.modelsOf(group); }
}
