import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { root } from '../root.ts';
import { freePort, stopChild } from '../services/child.ts';
import { startPostgres } from '../services/postgres.ts';
import { startRedis } from '../services/redis.ts';
import { familyOf } from './cpu.ts';
import { Operator } from './operator.ts';
import { driverCore, gatewayCore, pin, spawnPinned, stepBack } from './pinned.ts';
import { pause, type Target, until } from './target.ts';

const isReady = async (port: number): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;

type Stops = (() => Promise<void>)[];
const stopAll = async (stops: Stops): Promise<void> => { for (const stop of stops.splice(0).reverse()) await stop(); };

/** The whole of Weir with everything on: authentication, leases, spool, metering, settlement into PostgreSQL. The relay counts. */
export async function startWeir(folder: string, upstreamPort: number, relayFlags: readonly string[]): Promise<Target> {
  const stops: Stops = [];
  try {
    return await start(folder, upstreamPort, relayFlags, stops);
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function start(folder: string, upstreamPort: number, relayFlags: readonly string[], stops: Stops): Promise<Target> {
  const postgres = await startPostgres(join(folder, 'postgres'), { own: true });
  stops.push(() => postgres.stop());
  const redis = await startRedis(join(folder, 'redis'), { own: true, throwaway: true });
  stops.push(() => redis.stop());
  for (const { pid } of [postgres, redis]) if (pid) familyOf(pid).forEach((one) => pin(one, driverCore));
  const [controlPort, relayPort] = [await freePort(), await freePort()];
  const environment = {
    ...process.env, NODE_ENV: 'production', WEIR_DATA: folder, WEIR_HOST: '127.0.0.1', WEIR_CONTROL_PORT: String(controlPort), WEIR_RELAY_PORT: String(relayPort),
    WEIR_MASTER_KEY: randomBytes(32).toString('base64'), DATABASE_URL: postgres.url, REDIS_URL: redis.url, WEIR_DRAIN_OVERLAP: '0', WEIR_DRAIN_DEADLINE: '1',
  };
  const controlPlane = spawnPinned(driverCore, [process.execPath, join(root, 'control-plane/dist/release/main.js')], environment, join(folder, 'control-plane.log'));
  stops.push(() => stopChild(controlPlane, 'SIGTERM'));
  await until('the control plane is ready', 30_000, () => isReady(controlPort));
  for (const pid of [...familyOf(controlPlane.pid ?? 0), ...(postgres.pid ? familyOf(postgres.pid) : [])]) stepBack(pid);
  const key = await new Operator(`http://127.0.0.1:${controlPort}`).prepare(upstreamPort);
  const relay = spawnPinned(gatewayCore, [process.execPath, ...relayFlags, join(root, 'relay/dist/release/main.js')], environment, join(folder, 'relay.log'));
  stops.push(() => stopChild(relay, 'SIGTERM'));
  await until('the relay is ready', 15_000, () => isReady(relayPort));
  return {
    name: 'Weir relay', port: relayPort, path: '/v1/chat/completions', headers: { authorization: `Bearer ${key}` },
    pids: () => familyOf(relay.pid ?? 0), rest: await settled(redis.url, stops), stop: () => stopAll(stops),
  };
}

/** Waits until every charge of the last round is in the ledger: settling is work of other processes, and must not run into the next. */
async function settled(redisUrl: string, stops: Stops): Promise<() => Promise<void>> {
  const client = new Redis(redisUrl);
  stops.push(async () => client.disconnect());
  const unshipped = async (): Promise<number> => Math.max(0, ...(await client.hvals('weir:relays')).map((text) => (JSON.parse(text) as { unshipped: number }).unshipped));
  return async () => {
    await pause(1_500);                                  // the state is told each second
    await until('the ledger has everything', 300_000, async () => (await unshipped()) === 0);
  };
}
