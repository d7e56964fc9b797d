import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** A connection whose commands fail soon: a frozen Redis costs one request two seconds, not for ever. */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, { commandTimeout: 2_000, maxRetriesPerRequest: 1, retryStrategy: (tries) => Math.min(100 * 2 ** Math.min(tries, 6), 5_000) });
  let isDown = false;
  redis.on('error', (error) => {
    if (!isDown) log.error({ err: error }, 'Redis cannot be reached');
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) log.info('Redis can be reached again');
    isDown = false;
  });
  return redis;
}
