/** How a value in the REST form becomes a GraphQL value. A value that cannot is a fault that names itself. */
import type { MessageCode } from '../kernel/words/messages.ts';
import type { RestCast } from './route.ts';

export class CastFault {
  readonly reason: MessageCode;
  readonly detail: string | undefined;
  constructor(reason: MessageCode, detail?: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

const integer = (value: unknown): number | CastFault => {
  const read = typeof value === 'string' && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : value;
  return typeof read === 'number' && Number.isSafeInteger(read) ? read : new CastFault('param_integer');
};

const text = (value: unknown, convert: (text: string) => unknown): unknown => (typeof value === 'string' ? convert(value) : new CastFault('param_text'));

const list = (separator: RegExp) => (value: unknown): unknown =>
  text(value, (words) => words.split(separator).map((word) => word.trim()).filter(Boolean));

function instant(value: unknown): string | CastFault {
  const seconds = integer(value);
  if (seconds instanceof CastFault) return seconds;
  if (Math.abs(seconds) > 8_640_000_000_000) return new CastFault('param_time');
  return new Date(seconds * 1000).toISOString();
}

function instantOfMs(value: unknown): string | null | CastFault {
  const ms = integer(value);
  if (ms instanceof CastFault) return ms;
  if (ms === 0) return null;
  return Math.abs(ms) > 8_640_000_000_000_000 ? new CastFault('param_time') : new Date(ms).toISOString();
}

function json(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (!value.trim()) return null;
  try { return JSON.parse(value); } catch { return new CastFault('param_json'); }
}

function flag(value: unknown): boolean | CastFault {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : 'of another kind';
  if (['true', '1'].includes(word)) return true;
  return ['false', '0', ''].includes(word) ? false : new CastFault('param_flag');
}

/** Words of the channel lists; any other one means that nothing is asked. */
function onOff(value: unknown): boolean | null {
  if (value === 'enabled' || value === '1') return true;
  return value === 'disabled' || value === '0' ? false : null;
}

/** Numbers of which 1 alone means yes. */
function oneIsTrue(value: unknown): boolean | CastFault {
  if (typeof value === 'boolean') return value;
  const read = integer(value);
  return read instanceof CastFault ? read : read === 1;
}

/** 0 or 1, and nothing else. */
const zeroOrOne = (value: unknown): boolean | CastFault => ([0, 1, '0', '1', true, false].includes(value as number) ? Number(value) === 1 : new CastFault('param_one_of', '0, 1'));

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `{key, value}` is one pair, any other object is a map of them. Values become text. */
function pairs(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new CastFault('param_object');
  const members = Object.entries(value);
  const isPair = members.length === 2 && 'key' in value && 'value' in value;
  return isPair ? [{ key: wordOf(value.key), value: wordOf(value.value) }] : members.map(([key, given]) => ({ key, value: wordOf(given) }));
}

const casts: Record<RestCast, (value: unknown) => unknown> = {
  INT: integer,
  UNIX_SECONDS: (value) => (integer(value) === 0 ? null : instant(value)),
  UNIX_MILLISECONDS: instantOfMs,
  UNIX_MINUS_ONE_IS_NULL: (value) => ([-1, 0].includes(integer(value) as number) ? null : instant(value)),
  CSV_LIST: list(/,/),
  LINES: list(/[\r\n]+/),
  JSON_TEXT: json,
  LEGACY_ENUM: (value) => value,                         // needs the type of the argument: see bind.ts
  QUOTA_INT: (value) => { const read = integer(value); return read instanceof CastFault ? read : String(read); },
  QUOTA_CEIL: (value) => (typeof value === 'number' && Number.isFinite(value) ? casts.QUOTA_INT(Math.ceil(value)) : casts.QUOTA_INT(value)),
  PAGE: (value) => value,                                // handled with the page arguments: see bind.ts
  BOOL_TEXT: flag,
  ON_OFF: onOff,
  ONE_IS_TRUE: oneIsTrue,
  ZERO_OR_ONE: zeroOrOne,
  AS_JSON_TEXT: (value) => JSON.stringify(value),
  ZERO_IS_NULL: (value) => (['0', '', 0].includes(value as string) ? null : value),
  PAIRS: pairs,
  LIKE_PERCENT: (value) => text(value, (words) => words.replaceAll('%', '')),
};

export const cast = (kind: RestCast, value: unknown): unknown => casts[kind](value);
