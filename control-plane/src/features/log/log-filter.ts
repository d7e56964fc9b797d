/** What a caller asked for and whose rows they may see, in one plain form that SQL and the live log both read. */
import type { RequestContext } from '../../kernel/context.ts';
import { userScope } from '../../kernel/user-scope.ts';
import { readId } from '../../kernel/typed-id.ts';
import { LogType, type LogFilter } from './log.inputs.ts';
import type { LogRecord } from './log-record.ts';
import { logTypes } from './log-row.ts';

/** Whose rows: a user's, of one token only when a relay key asks, of some users when a key is limited to them; without members: everyone's. */
export interface LogScope { userId?: number; tokenId?: number; userIds?: readonly number[] }

/** One condition, as SQL with `?` for its value and as a test of a row. Both must mean the same. */
export interface Condition {
  sql: string;
  value: unknown;
  holds: (row: LogRecord) => boolean;
  /** Of several values: the condition for each alone. */
  each?: readonly Condition[];
}

/** One value is an equality, which an index also keeps in order. */
const oneOf = (column: string, type: string, values: readonly unknown[], read: (row: LogRecord) => unknown): Condition => (values.length === 1
  ? { sql: `${column} = ?::${type}`, value: values[0], holds: (row) => read(row) === values[0] }
  : { sql: `${column} = any(?::${type}[])`, value: values, holds: (row) => values.includes(read(row)), each: [...new Set(values)].map((value) => oneOf(column, type, [value], read)) });
const equal = (column: string, value: unknown, read: (row: LogRecord) => unknown): Condition =>
  ({ sql: `${column} = ?`, value, holds: (row) => read(row) === value });

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&');

function ofTime({ from, to, sequenceFrom, sequenceTo }: LogFilter): (Condition | undefined)[] {
  return [
    from == null ? undefined : { sql: 'created_at >= ?', value: from, holds: ({ at }) => at >= from },
    to == null ? undefined : { sql: 'created_at <= ?', value: to, holds: ({ at }) => at <= to },
    sequenceFrom == null ? undefined : { sql: 'seq >= ?', value: String(sequenceFrom), holds: ({ seq }) => seq >= Number(sequenceFrom) },
    sequenceTo == null ? undefined : { sql: 'seq <= ?', value: String(sequenceTo), holds: ({ seq }) => seq <= Number(sequenceTo) },
  ];
}

function ofPeople({ tokenIds, tokenName, userIds, username, channelIds, groups }: LogFilter): (Condition | undefined)[] {
  return [
    tokenIds ? oneOf('token_id', 'bigint', tokenIds.map((id) => readId('token', id)), ({ tokenId }) => tokenId) : undefined,
    tokenName ? equal('token_name', tokenName, (row) => row.tokenName) : undefined,
    userIds ? oneOf('user_id', 'bigint', userIds.map((id) => readId('user', id)), ({ userId }) => userId) : undefined,
    username ? equal('username', username, (row) => row.username) : undefined,
    channelIds ? oneOf('channel_id', 'bigint', channelIds.map((id) => readId('channel', id)), ({ channelId }) => channelId) : undefined,
    groups ? oneOf('group_name', 'text', groups, ({ group }) => group) : undefined,
  ];
}

/** Greedy and without going back, so that no pattern costs more than the length of the text. */
function fits(parts: readonly string[], text: string): boolean {
  const first = parts[0]!, last = parts.at(-1)!;
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Only % is special, as the compatible API has it. */
function like(pattern: string): Condition {
  const parts = pattern.split('%');
  return { sql: 'model like ?', value: pattern.replace(/[\\_]/g, '\\$&'), holds: ({ model }) => fits(parts, model) };
}

const typed = (number: number): Condition => equal('type', number, ({ type }) => type);
/** As far as the index goes. */
const beginning = 100;
const begins = (text: string): Condition =>
  ({ sql: `content <> '' and left(content, ${beginning}) like ?`, value: `${escaped(text.slice(0, beginning))}%`, holds: ({ content }) => content.startsWith(text.slice(0, beginning)) });

function ofContent({ types, models, model, modelLike, keyword, requestId, errorCodes, stream, search }: LogFilter): (Condition | undefined)[] {
  const all = types?.includes(LogType.UNKNOWN);
  return [
    modelLike ? like(modelLike) : undefined,
    keyword ? (/^[0-6]$/.test(keyword) ? typed(Number(keyword)) : begins(keyword)) : undefined,
    types && !all ? oneOf('type', 'int', types.map((type) => logTypes[type]), ({ type }) => type) : undefined,
    models ? oneOf('model', 'text', models, (row) => row.model) : undefined,
    model ? { sql: 'model like ?', value: `%${escaped(model)}%`, holds: (row) => row.model.includes(model) } : undefined,
    requestId ? equal('request_id', requestId, (row) => row.requestId) : undefined,
    errorCodes ? oneOf('failure', 'text', errorCodes, ({ failure }) => failure) : undefined,
    stream == null ? undefined : equal('stream', stream, (row) => row.stream),
    search ? begins(search) : undefined,
  ];
}

/** Rows of everybody whom the caller may reach. */
export function everyone(ctx: Pick<RequestContext, 'principal'>): LogScope {
  const userIds = userScope(ctx);
  return userIds ? { userIds } : {};
}

export function conditionsOf(filter: LogFilter, scope: LogScope): Condition[] {
  const whose = [
    scope.userId === undefined ? undefined : equal('user_id', scope.userId, ({ userId }) => userId),
    scope.userIds && oneOf('user_id', 'bigint', scope.userIds, ({ userId }) => userId),
    scope.tokenId === undefined ? undefined : equal('token_id', scope.tokenId, ({ tokenId }) => tokenId),
  ];
  return [...whose, ...ofTime(filter), ...ofPeople(filter), ...ofContent(filter)].filter((condition) => condition !== undefined);
}

export interface Where { text: string; values: unknown[] }

/**
 * `where …` with numbered parameters, `true` when there is nothing to ask.
 *
 * @param before how many parameters the statement has already
 */
export function whereOf(conditions: readonly Condition[], before = 0): Where {
  const text = conditions.map(({ sql }, index) => sql.replace('?', `$${before + index + 1}`)).join(' and ');
  return { text: `where ${text || 'true'}`, values: conditions.map(({ value }) => value) };
}

export const matches = (conditions: readonly Condition[], row: LogRecord): boolean => conditions.every(({ holds }) => holds(row));
