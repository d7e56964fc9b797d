import { expect, it } from 'vitest';
import { describeConfig, readConfig } from './config.ts';

const masterKey = Buffer.alloc(32, 7).toString('base64');
const least = { WEIR_MASTER_KEY: masterKey, REDIS_URL: 'redis://127.0.0.1:6379' };
const read = (more: Record<string, string | undefined> = {}) => {
  const config = readConfig({ ...least, ...more });
  if ('faults' in config) throw new Error(config.faults.join('\n'));
  return config;
};

it('turns durations into milliseconds and sizes into bytes', () => {
  const config = read({ WEIR_KEEP_ALIVE: '0.5', WEIR_BODY_LIMIT: '1' });
  expect([config.keepAliveMs, config.bodyBytes, config.timeouts.connectMs, config.drainDeadlineMs]).toEqual([500, 1_048_576, 5_000, 300_000]);
});

it.each([
  { name: 'channels may point to loopback while the relay listens there', more: {}, allow: ['127.0.0.0/8', '::1/128'] },
  { name: 'a relay for others reaches no private address', more: { WEIR_HOST: '0.0.0.0' }, allow: [] },
  { name: 'an empty list forbids loopback too', more: { WEIR_UPSTREAM_ALLOW: '' }, allow: [] },
  { name: 'named ranges replace the default', more: { WEIR_UPSTREAM_ALLOW: '10.0.0.0/8, 127.0.0.1/32:4000' }, allow: ['10.0.0.0/8', '127.0.0.1/32:4000'] },
])('$name', ({ more, allow }) => expect(read(more).upstreamAllow).toEqual(allow));

it('reports all faults together, each with the name of its variable', () => {
  const config = readConfig({ WEIR_RELAY_PORT: 'x', WEIR_MASTER_KEY: 'c2hvcnQ=' });
  const names = 'faults' in config ? config.faults.map((fault) => fault.split(':')[0] ?? '').toSorted((a, b) => a.localeCompare(b)) : [];
  expect(names).toEqual(['REDIS_URL', 'WEIR_MASTER_KEY', 'WEIR_RELAY_PORT']);
});

it('describes every variable with its default and unit', () => {
  expect(describeConfig()).toMatch(/WEIR_SILENCE_TIMEOUT +120 +.*seconds/);
  expect(describeConfig()).toMatch(/REDIS_URL +\(required\)/);
});
