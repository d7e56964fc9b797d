import { expect, it } from 'vitest';
import { isDatabaseAway } from './is-away.ts';

const withCode = (code: string) => Object.assign(new Error('no'), { code });

it.each([
  { name: 'a connection that was ended', error: withCode('57P01'), is: true },
  { name: 'a connection that broke under a transaction', error: new Error('Client has encountered a connection error and is not queryable'), is: true },
  { name: 'a connection that was closed', error: new Error('Client was closed and is not queryable'), is: true },
  { name: 'a database whose files are gone', error: withCode('58P01'), is: true },
  { name: 'a full disk', error: withCode('53100'), is: true },
  { name: 'a refused socket behind another error', error: new Error('query failed', { cause: withCode('ECONNREFUSED') }), is: true },
  { name: 'every address refused', error: new AggregateError([withCode('ECONNREFUSED')]), is: true },
  { name: 'a broken constraint', error: withCode('23502'), is: false },
  { name: 'a mistake of ours', error: new TypeError('x is undefined'), is: false },
])('$name: $is', ({ error, is }) => expect(isDatabaseAway(error)).toBe(is));
