/** API keys, as new-api clients know them. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { quotaNumber, unixOrMinusOne, unixSeconds, type Node, type RestView } from '../view.ts';

const selection = `legacyId ownerId key maskedKey status name createdAt accessedAt expiresAt remaining unlimited models modelList allowIps usedQuota group crossGroupRetry`;

function row(token: Node): Record<string, unknown> {
  return {
    id: Number(token.legacyId), user_id: Number(String(token.ownerId).replace(/^\D+/, '')), key: token.key ?? '', status: legacyInts.TokenStatus![token.status],
    name: token.name, created_time: unixSeconds(token.createdAt), accessed_time: unixSeconds(token.accessedAt ?? token.createdAt), expired_time: unixOrMinusOne(token.expiresAt),
    remain_quota: quotaNumber(token.remaining), unlimited_quota: token.unlimited, model_limits_enabled: token.models !== null, model_limits: token.modelList.join(','),
    allow_ips: token.allowIps.join('\n'), used_quota: quotaNumber(token.usedQuota), group: token.group, cross_group_retry: token.crossGroupRetry, DeletedAt: null,
  };
}

export const legacyToken: RestView = { name: 'LegacyToken', on: 'Token', selection, encode: row };

export const legacyCreatedToken: RestView = {
  name: 'LegacyCreatedToken', on: 'TokenCreatePayload', selection: `key token { ${selection} }`,
  encode: ({ key, token }) => ({ ...row(token), key }),
};

const bare = (key: string): string => key.replace(/^sk-/, '');

/** Later consoles list masked keys and ask for one when it is to be copied. */
export const legacyTokenKey: RestView = { name: 'LegacyTokenKey', on: 'TokenRevealPayload', selection: 'keys { id key }', encode: ({ keys }) => ({ key: bare(keys[0].key) }) };

export const legacyTokenKeys: RestView = {
  name: 'LegacyTokenKeys', on: 'TokenRevealPayload', selection: 'keys { id key }',
  encode: ({ keys }) => ({ keys: Object.fromEntries(keys.map(({ id, key }: Node) => [String(id).replace(/^\D+/, ''), bare(key)])) }),
};

export const legacyDeletedCount: RestView = { name: 'LegacyDeletedCount', on: 'TokenBulkDeletePayload', selection: 'deleted', encode: ({ deleted }) => deleted };

export const legacyTokenUsage: RestView = {
  name: 'LegacyTokenUsage', on: 'Token', selection: 'name remaining usedQuota unlimited models expiresAt',
  encode: ({ name, remaining, usedQuota, unlimited, models, expiresAt }) => ({
    object: 'token_usage', name, total_granted: quotaNumber(remaining) + quotaNumber(usedQuota), total_used: quotaNumber(usedQuota), total_available: quotaNumber(remaining),
    unlimited_quota: unlimited, model_limits: Object.fromEntries((models ?? []).map((model: string) => [model, true])), model_limits_enabled: models !== null, expires_at: unixSeconds(expiresAt),
  }),
};
