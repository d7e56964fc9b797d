import { describe, expect, it } from 'vitest';
import { readConfig, type Config } from './config.ts';

const needed = { WEIR_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), DATABASE_URL: 'postgres://db', REDIS_URL: 'redis://r' };
const read = (environment: NodeJS.ProcessEnv) => readConfig({ ...needed, ...environment }) as Config;

describe('readConfig', () => {
  it.each([
    { name: 'lets an instance for this machine use what runs on this machine', environment: {}, allowed: ['127.0.0.0/8', '::1/128'] },
    { name: 'allows nothing private once strangers can reach it', environment: { WEIR_HOST: '0.0.0.0' }, allowed: [] },
    { name: 'takes what the operator says instead', environment: { WEIR_UPSTREAM_ALLOW: '10.0.0.0/8:8000, 192.168.1.7' }, allowed: ['10.0.0.0/8:8000', '192.168.1.7'] },
    { name: 'an empty list allows nothing', environment: { WEIR_UPSTREAM_ALLOW: '' }, allowed: [] },
  ])('$name', ({ environment, allowed }) => expect(read(environment).upstreamAllow).toEqual(allowed));

  it('names every fault at once', () => {
    expect(readConfig({ WEIR_CONTROL_PORT: '70000', WEIR_LOG_LEVEL: 'loud' })).toEqual({
      faults: [expect.stringContaining('WEIR_CONTROL_PORT'), expect.stringContaining('WEIR_MASTER_KEY'), expect.stringContaining('WEIR_LOG_LEVEL'), expect.stringContaining('DATABASE_URL'), expect.stringContaining('REDIS_URL')],
    });
  });

  it.each([
    { name: 'a port that is a word', environment: { WEIR_CONTROL_PORT: 'http' }, fault: 'WEIR_CONTROL_PORT: must be a port number' },
    { name: 'a proxy that is a name', environment: { WEIR_TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, fault: 'WEIR_TRUSTED_PROXIES: must be addresses or CIDRs, parted by commas' },
    { name: 'a database of another kind', environment: { DATABASE_URL: 'mysql://x' }, fault: 'DATABASE_URL: must look like postgres://user:password@host:port/database' },
    { name: 'a Redis without scheme', environment: { REDIS_URL: 'localhost:6379' }, fault: 'REDIS_URL: must look like redis://host:port' },
    { name: 'a one-time token that can be guessed', environment: { WEIR_SETUP_TOKEN: '1234' }, fault: 'WEIR_SETUP_TOKEN: needs at least 16 characters' },
  ])('refuses $name', ({ environment, fault }) => expect(readConfig({ ...needed, ...environment })).toEqual({ faults: [fault] }));

  it('takes an empty variable for one that is not there', () => {
    expect(read({ WEIR_CONTROL_PORT: '', WEIR_LOG_LEVEL: '' })).toMatchObject({ port: 3000, logLevel: 'info' });
  });

  it.each([['::1', 'http://[::1]:3000'], ['0.0.0.0', 'http://localhost:3000'], ['::', 'http://localhost:3000'], ['10.1.2.3', 'http://10.1.2.3:3000']])('on %s people find it at %s', (host, url) => {
    expect(read({ WEIR_HOST: host }).publicUrl).toBe(url);
  });

  it('refuses a master key that is too short', () => {
    expect(readConfig({ ...needed, WEIR_MASTER_KEY: 'c2hvcnQ=' })).toEqual({ faults: [expect.stringContaining('at least 32 bytes')] });
  });
});
