import { describe, expect, it } from 'vitest';
import { cast, CastFault } from './casts.ts';
import type { RestCast } from './route.ts';

const cases: { kind: RestCast; given: unknown; value: unknown }[] = [
  { kind: 'UNIX_SECONDS', given: 1640995200, value: '2022-01-01T00:00:00.000Z' },
  { kind: 'UNIX_SECONDS', given: '1640995200', value: '2022-01-01T00:00:00.000Z' },
  { kind: 'UNIX_MINUS_ONE_IS_NULL', given: -1, value: null },
  { kind: 'CSV_LIST', given: 'gpt-4o, claude-3 ,', value: ['gpt-4o', 'claude-3'] },
  { kind: 'LINES', given: '10.0.0.0/8\n127.0.0.1\n', value: ['10.0.0.0/8', '127.0.0.1'] },
  { kind: 'JSON_TEXT', given: '{"a":"b"}', value: { a: 'b' } },
  { kind: 'JSON_TEXT', given: '', value: null },
  { kind: 'QUOTA_INT', given: 500000, value: '500000' },
  { kind: 'BOOL_TEXT', given: '1', value: true },
  { kind: 'LIKE_PERCENT', given: '%key%', value: 'key' },
];

describe('cast', () => {
  it.each(cases)('$kind reads $given', ({ kind, given, value }) => expect(cast(kind, given)).toEqual(value));

  it.each<{ kind: RestCast; given: unknown }>([
    { kind: 'INT', given: '12abc' }, { kind: 'UNIX_SECONDS', given: 'today' }, { kind: 'QUOTA_INT', given: 1.5 },
    { kind: 'JSON_TEXT', given: '{' }, { kind: 'CSV_LIST', given: 5 }, { kind: 'BOOL_TEXT', given: 'maybe' }, { kind: 'UNIX_SECONDS', given: 1e15 },
  ])('$kind refuses $given', ({ kind, given }) => expect(cast(kind, given)).toBeInstanceOf(CastFault));
});
