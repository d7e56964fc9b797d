/** The control plane's process: the only file that constructs and that ends it. */
import 'reflect-metadata';
import type { Logger } from 'pino';
import { describeConfig, readConfig, type Config } from './config.ts';
import { migrateUp, openDatabase } from './database/orm.ts';
import { systemClock } from './kernel/running/clock.ts';
import { armCrashPoints } from './kernel/running/crash-point.ts';
import { SecretBox } from './kernel/secret-box.ts';
import { buildControlPlane } from './server/control-plane.ts';
import { openEdge } from './server/http/edge.ts';
import { openLog } from './server/log.ts';
import { redisEvents } from './server/pub-sub.ts';
import { connectRedis } from './server/redis.ts';

const drainMs = 5_000;

function configOrExit(): Config {
  if (process.argv.includes('--help')) {
    console.log(`Weir control plane. Environment:\n${describeConfig()}`);
    process.exit(0);
  }
  const config = readConfig(process.env);
  if (!('faults' in config)) return config;
  console.error(`The control plane cannot start:\n${config.faults.map((fault) => `  ${fault}`).join('\n')}`);
  process.exit(1);
}

/** Resolves with the signal that asks the process to end. */
const askedToStop = (): Promise<string> => new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
});

async function run(config: Config, log: Logger): Promise<void> {
  const orm = await openDatabase(config.databaseUrl);
  await migrateUp(orm);
  const redis = connectRedis(config.redisUrl, log);
  const subscriber = redis.duplicate({ commandTimeout: undefined, maxRetriesPerRequest: null });
  subscriber.on('error', () => {});                      // said once, by `redis`
  const pubSub = redisEvents(redis, subscriber, `weir:events:${redis.options.db ?? 0}:`, log);
  const plane = await buildControlPlane({ orm, clock: systemClock, redis, pubSub, config, secretBox: new SecretBox(config.masterKey), log });
  const edge = await openEdge({ host: config.host, port: config.port, door: plane.door, sockets: plane.socketBehavior, addressOf: plane.addressOf });
  for (const worker of plane.services.workers) await worker.start();
  log.info({ port: edge.port }, 'control plane ready');
  log.info({ signal: await askedToStop() }, 'control plane stopping');
  plane.health.close();
  await edge.stop(drainMs);
  for (const worker of plane.services.workers.toReversed()) await worker.stop();
  await plane.apollo.stop();
  redis.disconnect();
  subscriber.disconnect();
  await orm.close(true);
}

const config = configOrExit();
armCrashPoints(process.env);
const log = openLog(config.logLevel);
// A promise that nobody waits for is our bug, but no reason to drop everybody's requests.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected and nobody waited for it'));
run(config, log).then(
  () => process.exit(0),
  (error: unknown) => {
    log.debug({ err: error }, 'start failed');
    console.error(`The control plane cannot run: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
