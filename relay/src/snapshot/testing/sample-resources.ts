/** For tests: small valid resources, each changed by what the test is about. */
import { createHash } from 'node:crypto';
import type { RelayChannel, RelayGroup, RelayPrice, RelaySettings, RelayToken, RelayUser } from '../../gql/types.gen.ts';
import { usualModels } from '../../models/model-settings.ts';
import { usualGuards, usualRouting } from '../settings-form.ts';

export const keyHashOf = (id: number): string => createHash('sha256').update(`token ${id}`).digest('hex');

export const channel = (id: number, change: Partial<RelayChannel> = {}): [string, RelayChannel] => [`channel:${id}`, {
  id, name: `channel ${id}`, type: 1, status: 'ENABLED', baseUrl: null, credentials: [], models: ['gpt-4o'], groups: ['default'], modelMapping: [],
  priority: 0, weight: 1, testModel: null, credentialMode: 'RANDOM', autoBan: true, extra: { other: '', organization: '', settings: '' }, ...change,
}];

export const token = (id: number, change: Partial<RelayToken> = {}): [string, RelayToken] => [`token:${id}`, {
  id, userId: 1, keyHash: keyHashOf(id), name: `token ${id}`, status: 'ENABLED', expiresAt: null, unlimited: true, group: '', models: null, allowIps: [], crossGroupRetry: false, ...change,
}];

export const user = (id: number, change: Partial<RelayUser> = {}): [string, RelayUser] => [`user:${id}`, {
  id, username: `user${id}`, role: 1, enabled: true, group: 'default', acceptsUnpriced: false, ...change,
}];

export const group = (name: string, change: Partial<RelayGroup> = {}): [string, RelayGroup] => [`group:${name}`, {
  name, ratio: 1_000_000, selectable: true, ratios: [], allowed: [], refused: [], ...change,
}];

export const price = (model: string, change: Partial<RelayPrice> = {}): [string, RelayPrice] => [`price:${model}`, {
  model, version: 1, mode: 'RATIO', modelRatio: 1_250_000, completionRatio: 4_000_000, cacheReadRatio: 500_000, cacheWriteRatio: 1_250_000,
  cacheWrite1hRatio: 2_000_000, imageRatio: 1_000_000, audioRatio: 1_000_000, audioCompletionRatio: 1_000_000, callPrice: 0, ...change,
}];

export const settings = (change: Partial<RelaySettings> = {}): [string, RelaySettings] => ['settings:site', {
  quotaPerUnit: 500_000, retryTimes: 0, preConsumedQuota: 500, selfUse: false, strictHold: false, privateUpstreams: [], routing: usualRouting, guards: usualGuards, models: usualModels, legacyErrors: false, freeNeedsBalance: true, pingSeconds: 0, ...change,
}];

/** A picture that is complete: one of everything. */
export const sampleResources = (): [string, unknown][] => [settings(), group('default'), user(1), token(1), channel(1), price('gpt-4o')];
