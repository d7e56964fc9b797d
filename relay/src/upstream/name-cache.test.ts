import { expect, it } from 'vitest';
import { NameCache } from './name-cache.ts';
import { nameLookup } from './name-lookup.ts';

function cache(answers: (string[] | 'fails' | 'silent')[], ttlSeconds = 60) {
  let now = 0, asked = 0;
  const lookup = () => {
    const answer = answers[asked++] ?? 'fails';
    if (answer === 'silent') return new Promise<never>(() => {});
    return answer === 'fails' ? Promise.reject(new Error('ESERVFAIL')) : Promise.resolve({ addresses: answer, ttlSeconds });
  };
  const names = new NameCache(lookup, { now: () => now, monotonic: () => now });
  return { names, after: (seconds: number) => { now += seconds * 1_000; }, asked: () => asked };
}

it.each([
  { name: 'its time to live', ttl: 60, fresh: 59, old: 61 },
  { name: 'at least 5 s', ttl: 0, fresh: 4, old: 6 },
  { name: 'at most 300 s', ttl: 86_400, fresh: 299, old: 301 },
])('keeps an address for $name', async ({ ttl, fresh, old }) => {
  const { names, after, asked } = cache([['192.0.2.1'], ['192.0.2.2']], ttl);
  await names.addressesOf('a.test');
  after(fresh);
  expect([await names.addressesOf('a.test'), asked()]).toEqual([['192.0.2.1'], 1]);
  after(old - fresh);
  expect([await names.addressesOf('a.test'), asked()]).toEqual([['192.0.2.2'], 2]);
});

it('serves a stale address for ten minutes when nobody answers, and no longer', async () => {
  const { names, after } = cache([['192.0.2.1']]);
  await names.addressesOf('a.test');
  after(60 + 599);
  expect(await names.addressesOf('a.test')).toEqual(['192.0.2.1']);
  after(2);
  expect(await names.addressesOf('a.test')).toEqual([]);
});

it('asks once for many who wait, and gives up after two seconds', async () => {
  const { names, asked } = cache(['silent', ['192.0.2.1']]), started = performance.now();
  expect(await Promise.all([names.addressesOf('a.test'), names.addressesOf('a.test')])).toEqual([[], []]);
  expect(performance.now() - started).toBeLessThan(2_500);
  expect([await names.addressesOf('a.test'), asked()]).toEqual([['192.0.2.1'], 2]);
});

it('knows this machine without asking', async () => {
  expect((await nameLookup()('localhost')).addresses).toEqual(['127.0.0.1', '::1']);
});
