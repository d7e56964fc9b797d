/** The whole of Weir on free ports, as real processes with a data folder, a database and a Redis of its own. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';
import { freePort } from '../../scripts/services/child.ts';
import { type MockProvider, startMockProvider } from '../mock-provider/server.ts';
import { ControlClient } from './control-client.ts';
import { type Services, startServices } from './services.ts';
import { WeirProcess } from './weir-process.ts';

export interface HouseOptions {
  /** Relay processes, each with a port and a data folder of its own; 1 unless told. */
  relays?: number;
  /** A PostgreSQL of its own, for scenarios that kill it. */
  ownPostgres?: boolean;
  environment?: NodeJS.ProcessEnv;
}

export interface House {
  controlPlane: WeirProcess;
  relays: WeirProcess[];
  /** The first relay. */
  relay: WeirProcess;
  services: Services;
  mock: MockProvider;
  dataFolder: string;
  environment: NodeJS.ProcessEnv;
  newClient(): ControlClient;
  close(): Promise<void>;
}

async function environmentOf(options: HouseOptions, services: Services, dataFolder: string): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    NODE_ENV: 'test',
    WEIR_DATA: dataFolder,
    WEIR_HOST: '127.0.0.1',
    WEIR_CONTROL_PORT: String(await freePort()),
    WEIR_MASTER_KEY: randomBytes(32).toString('base64'),
    WEIR_CONSOLE: join(root, 'admin-ui', 'dist', 'site'),
    WEIR_DRAIN_OVERLAP: '0',
    WEIR_DRAIN_DEADLINE: '10',
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redis.url,
    ...options.environment,
  };
}

async function relayOf(environment: NodeJS.ProcessEnv, number: number): Promise<WeirProcess> {
  const port = String(await freePort()), dataFolder = join(environment.WEIR_DATA!, `relay-${number}`);
  mkdirSync(dataFolder, { recursive: true });
  return new WeirProcess({
    name: `relay ${number}`, folder: 'relay', url: `http://127.0.0.1:${port}`, log: join(dataFolder, 'relay.log'),
    environment: { ...environment, WEIR_RELAY_PORT: port, WEIR_DATA: dataFolder },
  });
}

/** Starts everything and resolves when all of it is ready. Close it in `afterAll`. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'weir-data-'));
  const services = await startServices(options.ownPostgres ?? false);
  const mock = await startMockProvider();
  const environment = await environmentOf(options, services, dataFolder);
  const controlPlane = new WeirProcess({
    name: 'control plane', folder: 'control-plane', url: `http://127.0.0.1:${environment.WEIR_CONTROL_PORT}`,
    log: join(dataFolder, 'control-plane.log'), environment,
  });
  const relays = await Promise.all(Array.from({ length: options.relays ?? 1 }, (_, index) => relayOf(environment, index + 1)));
  const close = async (): Promise<void> => {
    services.redis.thaw();
    await Promise.all(relays.map((relay) => relay.retire(5_000)));
    await controlPlane.retire(5_000);
    await Promise.all([services.stop(), mock.close()]);
    if (!process.env.WEIR_KEEP) rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    await controlPlane.start();                          // it migrates; a relay needs the picture that it publishes
    await Promise.all(relays.map((relay) => relay.start()));
  } catch (error) {
    await close();                                       // or the run would wait for them
    throw error;
  }
  return { controlPlane, relays, relay: relays[0]!, services, mock, dataFolder, environment, newClient: () => new ControlClient(controlPlane.url), close };
}
