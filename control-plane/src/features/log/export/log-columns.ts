/** What a line of an export holds. */
import type { LogRecord } from '../log-record.ts';

const columns = {
  id: (row: LogRecord) => row.seq,
  created_at: (row: LogRecord) => row.at.toISOString(),
  type: (row: LogRecord) => row.type,
  user_id: (row: LogRecord) => row.userId,
  username: (row: LogRecord) => row.username,
  token_id: (row: LogRecord) => row.tokenId,
  token_name: (row: LogRecord) => row.tokenName,
  channel: (row: LogRecord) => row.channelId ?? 0,
  channel_name: (row: LogRecord) => row.channelName,
  group: (row: LogRecord) => row.group,
  model_name: (row: LogRecord) => row.model,
  quota: (row: LogRecord) => Number(row.quota),
  prompt_tokens: (row: LogRecord) => row.promptTokens,
  completion_tokens: (row: LogRecord) => row.completionTokens,
  duration_ms: (row: LogRecord) => row.durationMs,
  first_byte_ms: (row: LogRecord) => row.firstByteMs,
  is_stream: (row: LogRecord) => row.stream,
  status: (row: LogRecord) => row.status,
  error_code: (row: LogRecord) => row.failure,
  request_id: (row: LogRecord) => row.requestId,
  ip: (row: LogRecord) => row.ip,
  content: (row: LogRecord) => row.content,
} as const;

export type LogColumn = keyof typeof columns;

/** Own rows do not tell the channel. */
const forAdmins = new Set<LogColumn>(['channel', 'channel_name']);

export const columnsFor = (isAdmin: boolean): LogColumn[] => (Object.keys(columns) as LogColumn[]).filter((name) => isAdmin || !forAdmins.has(name));

export const valueOf = (row: LogRecord, name: LogColumn): string | number | boolean | null => columns[name](row);
