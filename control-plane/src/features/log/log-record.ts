/** A row of the log as it is read. */
import type { Sql } from '../../database/sql.ts';
import type { LogDetail } from './log-row.ts';

export interface LogRecord {
  seq: number;
  at: Date;
  type: number;
  userId: number;
  username: string;
  tokenId: number;
  tokenName: string;
  channelId: number | null;
  channelName: string;
  group: string;
  model: string;
  upstreamModel: string | null;
  quota: bigint;
  promptTokens: number;
  completionTokens: number;
  durationMs: number;
  firstByteMs: number | null;
  stream: boolean;
  status: number | null;
  failure: string | null;
  requestId: string | null;
  ip: string | null;
  dialect: string | null;
  path: string | null;
  content: string;
  detail: LogDetail | null;
}

// The aliases differ from the columns on purpose: ORDER BY would take an output of the same name, and sort text.
const columns = `seq::text as "seqText", (extract(epoch from created_at) * 1000)::bigint::text as "atMs", type, user_id as "userId", username,
  token_id as "tokenId", token_name as "tokenName", channel_id as "channelId", channel_name as "channelName", group_name as "group", model,
  upstream_model as "upstreamModel", quota::text as "quotaText", prompt_tokens as "promptTokens", completion_tokens as "completionTokens",
  duration_ms as "durationMs", first_byte_ms as "firstByteMs", stream, status, failure, request_id as "requestId", ip, dialect, path, content,
  detail::text as detail`;

type Row = Omit<LogRecord, 'seq' | 'at' | 'quota' | 'detail'> & { seqText: string; atMs: string; quotaText: string; detail: string | null };

function toRecord({ atMs, seqText, quotaText, detail, ...rest }: Row): LogRecord {
  return { ...rest, seq: Number(seqText), at: new Date(Number(atMs)), quota: BigInt(quotaText), detail: detail === null ? null : JSON.parse(detail) as LogDetail };
}

/** `tail` is what follows `from log`: conditions, order, limit; `values` its parameters; `source` another table of the same columns. */
export async function readRecords(sql: Sql, tail: string, values: readonly unknown[], source = 'log'): Promise<LogRecord[]> {
  return (await sql<Row>(`select ${columns} from ${source} ${tail}`, values)).map(toRecord);
}
