/** A picture from plain data, for tests of what looks at it. */
import { hash } from 'node:crypto';
import type { RelayGroup, RelayPrice, RelaySettings, RelayToken, RelayUser } from '../../gql/types.gen.ts';
import { modelSettings, usualModels } from '../../models/model-settings.ts';
import { noExtra } from '../../snapshot/channel-extra.ts';
import { usualGuards, usualRouting } from '../../snapshot/settings-form.ts';
import type { Channel, Snapshot } from '../../snapshot/snapshot.ts';

export const keyOf = (letter: string): string => letter.repeat(48);
export const lookup = (secret: string): string => hash('sha256', secret);

export interface PictureData {
  tokens?: (Partial<RelayToken> & { key: string })[];
  users?: Partial<RelayUser>[];
  groups?: Partial<RelayGroup>[];
  channels?: Partial<Channel>[];
  prices?: Partial<RelayPrice>[];
  settings?: Partial<RelaySettings>;
}

const one = 1_000_000;

export const channelOf = (data: Partial<Channel>): Channel => ({
  id: 1, name: 'channel', type: 1, status: 'ENABLED', baseUrl: null, credentials: [{ id: (data.id ?? 1) * 10, secret: `secret-of-${data.id ?? 1}` }],
  models: ['gpt-4o'], groups: ['default'], modelMapping: new Map(), priority: 0, weight: 0, testModel: null, credentialMode: 'RANDOM', autoBan: true, extra: noExtra, ...data,
});

const userOf = (data: Partial<RelayUser>): RelayUser => ({ id: 1, username: 'ann', role: 1, enabled: true, group: 'default', acceptsUnpriced: false, ...data });
const groupOf = (data: Partial<RelayGroup>): RelayGroup => ({ name: 'default', ratio: one, selectable: true, ratios: [], allowed: [], refused: [], ...data });

const tokenOf = ({ key, ...data }: Partial<RelayToken> & { key: string }): RelayToken => ({
  id: 1, userId: 1, keyHash: lookup(key), name: 'token', status: 'ENABLED', expiresAt: null, unlimited: true, group: '', models: null, allowIps: [], crossGroupRetry: false, ...data,
});

const priceOf = (data: Partial<RelayPrice>): RelayPrice => ({
  model: 'gpt-4o', version: 1, mode: 'RATIO', modelRatio: one, callPrice: 0, completionRatio: one, cacheReadRatio: one, cacheWriteRatio: one,
  cacheWrite1hRatio: one, imageRatio: one, audioRatio: one, audioCompletionRatio: one, ...data,
});

export function fixedSnapshot(data: PictureData): Snapshot {
  const tokens = new Map((data.tokens ?? [{ key: keyOf('a') }]).map(tokenOf).map((token) => [token.keyHash, token]));
  const users = new Map((data.users ?? [{}]).map(userOf).map((user) => [user.id, user]));
  const groups = new Map((data.groups ?? [{}]).map(groupOf).map((group) => [group.name, group]));
  const channels = (data.channels ?? []).map(channelOf).toSorted((a, b) => b.priority - a.priority);
  const prices = new Map((data.prices ?? [{}, { model: 'claude' }]).map(priceOf).map((price) => [price.model, price]));
  const serving = (group: string, model: string): Channel[] =>
    channels.filter((channel) => channel.status === 'ENABLED' && channel.groups.includes(group) && channel.models.includes(model));
  return {
    version: 7,
    hash: '00',
    models: modelSettings(data.settings?.models ?? usualModels),
    settings: { preConsumedQuota: 500, privateUpstreams: [], quotaPerUnit: 500_000, retryTimes: 0, selfUse: false, strictHold: false, routing: usualRouting, guards: usualGuards, models: usualModels, legacyErrors: false, freeNeedsBalance: true, pingSeconds: 0, ...data.settings },
    readsHeaders: channels.some(({ rules }) => rules?.headerOverride ?? rules?.paramOverride) || [...prices.values()].some(({ expression }) => expression?.text.includes('header')),
    tokenByHash: (keyHash) => tokens.get(keyHash),
    user: (id) => users.get(id),
    group: (name) => groups.get(name),
    price: (model) => prices.get(model),
    channel: (id) => channels.find((channel) => channel.id === id),
    channelsFor: serving,
    modelsOf: (group) => [...new Set(channels.flatMap((channel) => channel.models))].filter((model) => serving(group, model).length > 0).toSorted((a, b) => a.localeCompare(b)),
  };
}
