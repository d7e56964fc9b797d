/** Flat rows, as the compatible statistics show them: hours of models, or the days of a month. */
import { GraphQLError } from 'graphql';
import type { Sql } from '../../database/sql.ts';
import type { Language } from '../../kernel/context.ts';
import { say } from '../../kernel/words/messages.ts';
import { typedId } from '../../kernel/typed-id.ts';
import type { UsageRow } from './statistics.types.ts';

const dayMs = 86_400_000, mostRows = 100_000;

export interface RowsAsked { from?: Date | null; to?: Date | null; username?: string | null; userId?: number }

/** A user's span is limited as the contract has it, an administrator's by what an answer can carry. */
export function checkSpan({ from, to, userId }: RowsAsked, now: Date, language: Language): void {
  const span = (to ?? now).getTime() - (from ?? now).getTime();
  if (span > (userId === undefined ? 366 : 30) * dayMs) throw new GraphQLError(say('span_too_long', language), { extensions: { code: 'NOT_ALLOWED', legacyCode: 'span_too_long' } });
}

const sums = 'sum(requests)::text as requests, sum(prompt_tokens + completion_tokens)::text as tokens, sum(quota)::text as quota';

interface Found { at: number; model: string; userId: number | null; username: string; requests: string; tokens: string; quota: string }

const hourly = (whose: string, byUser: boolean) => `select (extract(epoch from hour) * 1000)::float8 as at, model, ${byUser ? 'user_id as "userId", username' : `null::int as "userId", '' as username`}, ${sums}
  from ${byUser ? 'usage_hour join user_account u on u.id = user_id' : 'usage_hour_total'} where hour >= $1 and hour <= $2 ${whose} group by hour, model ${byUser ? ', user_id, username' : ''} order by hour, model limit ${mostRows + 1}`;
const daily = (whose: string, byUser: boolean) => `select (extract(epoch from date_trunc('day', hour, 'UTC')) * 1000)::float8 as at, '' as model, ${byUser ? 'user_id as "userId", username' : `null::int as "userId", '' as username`}, ${sums}
  from ${byUser ? 'usage_hour join user_account u on u.id = user_id' : 'usage_hour_total'} where hour >= $1 and hour <= $2 ${whose} group by 1 ${byUser ? ', user_id, username' : ''} order by 1 limit ${mostRows + 1}`;

/** With both times: rows of hours and models. Without: days of the last 30. Of one user, their name stands in the rows. */
export async function readRows(sql: Sql, asked: RowsAsked, now: Date): Promise<UsageRow[]> {
  const { from, to, username, userId } = asked, byUser = userId !== undefined || Boolean(username);
  const whose = userId !== undefined ? 'and user_id = $3' : username ? 'and user_id = (select id from user_account where username = $3)' : '';
  const owner = userId ?? username, isHourly = from != null && to != null;
  const span = isHourly ? [from, to] : [new Date(Math.floor(now.getTime() / dayMs) * dayMs - 29 * dayMs), now];
  const rows = await sql<Found>((isHourly ? hourly : daily)(whose, byUser), whose ? [...span, owner] : span);
  if (rows.length > mostRows) throw new GraphQLError(`More than ${mostRows} rows: ask for a shorter span`, { extensions: { code: 'BAD_USER_INPUT' } });
  return rows.map(({ at, userId: user, requests, tokens, quota, ...rest }) =>
    ({ ...rest, at: new Date(at), userId: user === null ? null : typedId('user', user), requests: BigInt(requests), tokens: BigInt(tokens), quota: BigInt(quota) }));
}
