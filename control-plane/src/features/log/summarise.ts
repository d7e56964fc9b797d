/** Totals of a filter. Whole hours come from the statistics, which are thousands of times smaller than the log. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { conditionsOf, whereOf, type LogScope } from './log-filter.ts';
import { logTypes } from './log-row.ts';
import { LogType, type LogFilter } from './log.inputs.ts';
import type { LogSummary } from './log-summary.type.ts';
import { withModelNames } from './model-names.ts';

type Totals = Record<'quota' | 'requests' | 'errors' | 'prompt' | 'completion', bigint>;

const nothing: Totals = { quota: 0n, requests: 0n, errors: 0n, prompt: 0n, completion: 0n };

const read = (row: Record<keyof Totals, string>): Totals =>
  ({ quota: BigInt(row.quota), requests: BigInt(row.requests), errors: BigInt(row.errors), prompt: BigInt(row.prompt), completion: BigInt(row.completion) });

const add = (one: Totals, other: Totals): Totals =>
  ({ quota: one.quota + other.quota, requests: one.requests + other.requests, errors: one.errors + other.errors, prompt: one.prompt + other.prompt, completion: one.completion + other.completion });

const consumed = `filter (where type = ${logTypes.CONSUME})`;
const ofLog = `coalesce(sum(quota) ${consumed}, 0)::text as quota, (count(*) ${consumed})::text as requests, (count(*) filter (where type = ${logTypes.ERROR}))::text as errors,
  coalesce(sum(prompt_tokens) ${consumed}, 0)::text as prompt, coalesce(sum(completion_tokens) ${consumed}, 0)::text as completion`;
const ofHours = `coalesce(sum(quota), 0)::text as quota, coalesce(sum(requests), 0)::text as requests, coalesce(sum(errors), 0)::text as errors,
  coalesce(sum(prompt_tokens), 0)::text as prompt, coalesce(sum(completion_tokens), 0)::text as completion`;

const hourMs = 3_600_000;

/** Members that the statistics know, too. */
const shared = new Set<keyof LogFilter>(['from', 'to', 'types', 'models', 'tokenIds', 'userIds', 'channelIds', 'groups']);

function hasHours({ types, ...filter }: LogFilter): boolean {
  const given = (Object.keys(filter) as (keyof LogFilter)[]).filter((name) => filter[name as keyof typeof filter] != null);
  return given.every((name) => shared.has(name)) && (!types || types.includes(LogType.UNKNOWN));
}

async function totalsOf(sql: Sql, filter: LogFilter, scope: LogScope): Promise<Totals> {
  const { text, values } = whereOf(conditionsOf(filter, scope));
  const [row] = await sql<Record<keyof Totals, string>>(`select ${ofLog} from log ${text}`, values);
  return read(row!);
}

async function hoursOf(sql: Sql, filter: LogFilter, scope: LogScope, from: Date | null, until: Date): Promise<Totals> {
  const { text, values } = whereOf(conditionsOf(Object.assign({}, filter, { from: null, to: null, types: null }), scope)), next = values.length;
  const isTotal = scope.userId === undefined && !scope.userIds && scope.tokenId === undefined && !filter.userIds && !filter.tokenIds && !filter.channelIds;
  const since = from ? ` and hour >= $${next + 2}` : '';
  const [row] = await sql<Record<keyof Totals, string>>(`select ${ofHours} from ${isTotal ? 'usage_hour_total' : 'usage_hour'} ${text} and hour < $${next + 1}${since}`, [...values, until, ...(from ? [from] : [])]);
  return read(row!);
}

/** The hours that lie whole in the filter from the statistics, what is left of it from the log. */
async function allOf(sql: Sql, filter: LogFilter, scope: LogScope, now: Date): Promise<Totals> {
  if (!hasHours(filter)) return totalsOf(sql, filter, scope);
  const to = filter.to && filter.to < now ? filter.to : now, from = filter.from ?? null;
  const until = new Date(Math.floor(to.getTime() / hourMs) * hourMs), since = from && new Date(Math.ceil(from.getTime() / hourMs) * hourMs);
  if (since && since >= until) return totalsOf(sql, filter, scope);
  const head = from && since && from < since ? await totalsOf(sql, Object.assign({}, filter, { from, to: new Date(since.getTime() - 1) }), scope) : nothing;
  const tail = await totalsOf(sql, Object.assign({}, filter, { from: until }), scope);
  return add(add(head, await hoursOf(sql, filter, scope, since, until)), tail);
}

export async function summarise(em: EntityManager, asked: LogFilter, scope: LogScope, clock: Clock): Promise<LogSummary> {
  const sql = sqlOf(em), now = clock.now(), filter = await withModelNames(sql, asked);
  const all = await allOf(sql, filter, scope, now);
  const last = whereOf(conditionsOf(Object.assign({}, filter, { from: new Date(now.getTime() - 60_000), to: null }), scope));
  const [minute] = await sql<{ requests: number; tokens: string }>(
    `select count(*)::int as requests, coalesce(sum(prompt_tokens + completion_tokens), 0)::text as tokens from log ${last.text} and type = ${logTypes.CONSUME}`, last.values);
  return {
    quota: all.quota, requests: all.requests, errors: all.errors, promptTokens: all.prompt, completionTokens: all.completion, rpm: minute!.requests, tpm: BigInt(minute!.tokens),
  };
}
