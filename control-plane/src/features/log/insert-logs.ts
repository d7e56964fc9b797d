/** The only writer of the tables `log` and `usage_hour`. */
import type { Sql } from '../../database/sql.ts';
import type { UsageEvent } from '../relay-link/wire/usage.ts';
import { toLogRow, type LogRow } from './log-row.ts';

/** Sequence numbers that one call has written; publish them on `weir:logs` after the commit. */
export interface LogRange { from: number; to: number }

export const logChannel = 'weir:logs';

const widths = { group: 64, model: 255, upstreamModel: 255, failure: 100, requestId: 64, ip: 64, dialect: 40, path: 255, content: 10_000 } as const;

const counts = ['promptTokens', 'completionTokens', 'durationMs', 'firstByteMs'] as const;
const largestInteger = 2_147_483_647;

/** PostgreSQL refuses U+0000 and broken surrogates in JSON; one such name must not stop the settlement of all others. */
const clean = (text: string): string => (/[\0\p{Surrogate}]/u.test(text) ? text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : text);

/** Rarely is there anything to clean, and JSON writes what there is as an escape: one look at the whole text instead of one at each string. */
function cleanJson(rows: readonly LogRow[]): string {
  const json = JSON.stringify(rows);
  return /\\u(?:0000|d[89a-f])/.test(json) ? JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? clean(value) : value)) : json;
}

/** What a column cannot hold is cut: a relay's clock that jumped must not keep a charge from being settled. */
function fitted(row: LogRow): LogRow {
  const cut: Record<string, unknown> = { ...row, at: Math.max(0, row.at) };
  for (const field of counts) if (row[field] != null) cut[field] = Math.min(Math.max(0, row[field]), largestInteger);
  for (const [field, width] of Object.entries(widths)) {
    const value = cut[field];
    if (typeof value === 'string') cut[field] = clean(clean(value).slice(0, width));   // again: the cut may part a pair
  }
  return cut as unknown as LogRow;
}

// What an error row says of tokens was not paid for.
const sums = ['quota', 'prompt_tokens', 'completion_tokens'].map((column) => `coalesce(sum(${column}) filter (where type = 2), 0)`).join(', ');

// Usage by hour is added up here, in the same statement: whoever reads either sees what the other has.
const statement = `
  with written as (insert into log (created_at, type, user_id, username, token_id, token_name, channel_id, channel_name, group_name, model, upstream_model,
    quota, prompt_tokens, completion_tokens, duration_ms, first_byte_ms, stream, status, failure, request_id, ip, dialect, path, content, detail)
  select least(to_timestamp(e.at / 1000.0), $2::timestamptz), e.type, e."userId", coalesce(u.username, ''), coalesce(e."tokenId", 0), coalesce(t.name, ''),
    e."channelId", coalesce(c.name, ''), coalesce(e."group", ''), coalesce(e.model, ''), e."upstreamModel", coalesce(e.quota, 0),
    coalesce(e."promptTokens", 0), coalesce(e."completionTokens", 0), coalesce(e."durationMs", 0), e."firstByteMs", coalesce(e.stream, false),
    e.status, e.failure, e."requestId",
    case when (select value from site_option where key = 'log.record_client_address') = 'true' or n.record_ip then e.ip end,
    e.dialect, e.path, coalesce(e.content, ''), e.detail
  from rows from (jsonb_to_recordset($1::jsonb) as (at bigint, type smallint, "userId" int, "tokenId" int, "channelId" int, "group" text, model text,
    "upstreamModel" text, quota bigint, "promptTokens" int, "completionTokens" int, "durationMs" int, "firstByteMs" int, stream boolean,
    status smallint, failure text, "requestId" text, ip text, dialect text, path text, content text, detail jsonb)) with ordinality
    as e(at, type, "userId", "tokenId", "channelId", "group", model, "upstreamModel", quota, "promptTokens", "completionTokens", "durationMs",
    "firstByteMs", stream, status, failure, "requestId", ip, dialect, path, content, detail, place)
  left join user_account u on u.id = e."userId" left join notify_setting n on n.user_id = e."userId" left join token t on t.id = e."tokenId" left join channel c on c.id = e."channelId"
  order by e.place
  returning seq, created_at, type, user_id, token_id, channel_id, group_name, model, quota, prompt_tokens, completion_tokens
  ), added as (
    insert into usage_hour as h (hour, user_id, token_id, channel_id, group_name, model, requests, errors, quota, prompt_tokens, completion_tokens)
    select date_trunc('hour', created_at), user_id, token_id, coalesce(channel_id, 0), group_name, model, count(*) filter (where type = 2), count(*) filter (where type = 5),
      ${sums} from written where type in (2, 5) group by 1, 2, 3, 4, 5, 6
    on conflict (hour, user_id, token_id, channel_id, group_name, model) do update set requests = h.requests + excluded.requests, errors = h.errors + excluded.errors,
      quota = h.quota + excluded.quota, prompt_tokens = h.prompt_tokens + excluded.prompt_tokens, completion_tokens = h.completion_tokens + excluded.completion_tokens
  ), total as (
    insert into usage_hour_total as h (hour, group_name, model, requests, errors, quota, prompt_tokens, completion_tokens)
    select date_trunc('hour', created_at), group_name, model, count(*) filter (where type = 2), count(*) filter (where type = 5), ${sums}
      from written where type in (2, 5) group by 1, 2, 3
    on conflict (hour, group_name, model) do update set requests = h.requests + excluded.requests, errors = h.errors + excluded.errors,
      quota = h.quota + excluded.quota, prompt_tokens = h.prompt_tokens + excluded.prompt_tokens, completion_tokens = h.completion_tokens + excluded.completion_tokens
  )
  select seq::text from written order by written.seq`;

/**
 * Writes rows in the caller's transaction. Call it last before the commit: it takes a lock until then, so that sequence
 * numbers grow in the order of commits and a reader that has seen one has seen all before it.
 *
 * @param now rows from a relay whose clock is ahead are not dated later than this
 * @returns undefined when there was nothing to write
 */
export async function insertLogRows(sql: Sql, rows: readonly LogRow[], now: Date): Promise<LogRange | undefined> {
  if (!rows.length) return undefined;
  await sql(`select pg_advisory_xact_lock(hashtext('weir.log'))`);
  const written = await sql<{ seq: string }>(statement, [cleanJson(rows.map(fitted)), now]);
  return { from: Number(written[0]!.seq), to: Number(written.at(-1)!.seq) };
}

/** One row for each usage event, in their order. */
export const insertLogs = (sql: Sql, events: readonly UsageEvent[], now: Date): Promise<LogRange | undefined> =>
  insertLogRows(sql, events.map(toLogRow), now);
