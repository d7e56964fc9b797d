/** Which hours of whose usage: a filter and a scope as SQL over `usage_hour`. */
import { readId } from '../../kernel/typed-id.ts';
import { UsageDimension, UsageMetric, type UsageFilter } from './statistics.inputs.ts';

export interface Span { from: Date; to: Date }

export interface Where {
  /** The smallest table that knows all that is asked for. */
  table: 'usage_hour' | 'usage_hour_total';
  text: string;
  values: unknown[];
}

const total = new Set<UsageDimension | null | undefined>([UsageDimension.MODEL, UsageDimension.GROUP, null, undefined]);

export interface Whose {
  /** Only this user's hours, whatever the filter says. */
  userId?: number | undefined;
  by?: UsageDimension | null | undefined;
}

export function whereOf({ from, to }: Span, { userIds, tokenIds, channelIds, models, groups }: UsageFilter, { userId, by }: Whose = {}): Where {
  const parts = ['hour >= $1', 'hour < $2'], values: unknown[] = [from, to];
  const add = (sql: string, value: unknown) => { values.push(value); parts.push(sql.replace('?', `$${values.length}`)); };
  if (userId !== undefined) add('user_id = ?', userId);
  else if (userIds) add('user_id = any(?::int[])', userIds.map((id) => readId('user', id)));
  if (tokenIds) add('token_id = any(?::int[])', tokenIds.map((id) => readId('token', id)));
  if (channelIds) add('channel_id = any(?::int[])', channelIds.map((id) => readId('channel', id)));
  if (models) add('model = any(?::text[])', models);
  if (groups) add('group_name = any(?::text[])', groups);
  const isTotal = userId === undefined && !userIds && !tokenIds && !channelIds && total.has(by);
  return { table: isTotal ? 'usage_hour_total' : 'usage_hour', text: parts.join(' and '), values };
}

export const metricSql: Record<UsageMetric, string> = {
  REQUESTS: 'sum(requests)', ERRORS: 'sum(errors)', QUOTA: 'sum(quota)', PROMPT_TOKENS: 'sum(prompt_tokens)', COMPLETION_TOKENS: 'sum(completion_tokens)',
  TOKENS: 'sum(prompt_tokens + completion_tokens)',
};

/** As they are stored: a million numbers are added up in half the time that their texts take. */
export const dimensionColumn: Record<UsageDimension, string> = { MODEL: 'model', TOKEN: 'token_id', USER: 'user_id', GROUP: 'group_name', CHANNEL: 'channel_id' };
export const dimensionSql: Record<UsageDimension, string> = { MODEL: 'model', TOKEN: 'token_id::text', USER: 'user_id::text', GROUP: 'group_name', CHANNEL: 'channel_id::text' };
