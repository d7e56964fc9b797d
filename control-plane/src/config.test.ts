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

  it('refuses a master key that is too short', () => {
    expect(readConfig({ ...needed, WEIR_MASTER_KEY: 'c2hvcnQ=' })).toEqual({ faults: [expect.stringContaining('at least 32 bytes')] });
  });
});
