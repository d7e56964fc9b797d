import { gzipSync, brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { foldPath } from './path.ts';
import { requestIds } from './request-id.ts';
import { unpack } from './unpack.ts';

it('makes readable ids that never come twice, in this process or another', () => {
  let now = Date.UTC(2026, 0, 2, 3, 4, 5);
  const ids = requestIds(() => now), others = requestIds(() => now);
  const first = ids(), second = ids();
  now += 1_000;
  expect(first).toMatch(/^20260102030405[0-9a-z]{9}$/);
  expect(new Set([first, second, ids(), others(), others()]).size).toBe(5);
});

it.each([['/v1//chat/', '/v1/chat'], ['//v1/images/edits', '/v1/images/edits'], ['/', '/'], ['//', '/'], ['/v1/models', '/v1/models']])('%s folds to %s', (path, folded) => {
  expect(foldPath(path)).toBe(folded);
});

const text = Buffer.from(JSON.stringify({ model: 'm', text: 'hello '.repeat(50) }));
it.each([
  { name: 'gzip', body: gzipSync(text), encoding: 'gzip', is: text },
  { name: 'brotli, in any letter case', body: brotliCompressSync(text), encoding: ' BR ', is: text },
  { name: 'nothing', body: text, encoding: 'identity', is: text },
])('unpacks $name', async ({ body, encoding, is }) => expect(await unpack(body, encoding, 10_000)).toEqual(is));

it.each([
  { name: 'a coding that nobody asked for', body: text, encoding: 'zstd', limit: 10_000, code: 'bad_request_body' },
  { name: 'bytes that are not what they say', body: text, encoding: 'gzip', limit: 10_000, code: 'bad_request_body' },
  { name: 'more than the limit', body: gzipSync(Buffer.alloc(20_000, 'ab')), encoding: 'gzip', limit: 19_999, code: 'read_request_body_failed' },
  { name: 'what packs better than anything honest', body: gzipSync(Buffer.alloc(40_000_000)), encoding: 'gzip', limit: 100_000_000, code: 'read_request_body_failed' },
])('refuses $name', async ({ body, encoding, limit, code }) => expect(await unpack(body, encoding, limit)).toMatchObject({ code }));
