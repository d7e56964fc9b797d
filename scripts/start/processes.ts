/** The processes of Weir and what each is told; and the step that brings the database to them. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../root.ts';
import { Fault, sentenceFor } from './fault.ts';
import type { Note } from './progress.ts';
import type { Settings } from './settings.ts';
import type { ProcessPlan } from './supervised.ts';

export interface Addresses { databaseUrl: string; redisUrl: string; masterKey: string; setupToken: string }

/** 0.0.0.0 is where to listen, not where to call. */
export const reachable = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

export function environmentFor(settings: Settings, addresses: Addresses): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    // With one relay there is nobody else to take new requests while it drains: waiting for that helps no one.
    WEIR_DRAIN_OVERLAP: '0',
    WEIR_CONSOLE: join(root, 'admin-ui', 'dist', 'site'),
    ...settings.environment,
    WEIR_DATA: settings.dataFolder,
    WEIR_HOST: settings.host,
    WEIR_CONTROL_PORT: String(settings.controlPort),
    WEIR_RELAY_PORT: String(settings.relayPort),
    WEIR_MASTER_KEY: addresses.masterKey,
    WEIR_SETUP_TOKEN: addresses.setupToken,
    DATABASE_URL: addresses.databaseUrl,
    REDIS_URL: addresses.redisUrl,
  };
}

export function plans(settings: Settings, environment: NodeJS.ProcessEnv): ProcessPlan[] {
  const plan = (name: string, folder: string, port: number): ProcessPlan => ({
    name, environment, command: [process.execPath, join(root, folder, 'dist/release/main.js')], log: join(settings.dataFolder, `${folder}.log`),
    readyUrl: `http://${reachable(settings.host)}:${port}/readyz`,
  });
  return [plan('control plane', 'control-plane', settings.controlPort), plan('relay', 'relay', settings.relayPort)];
}

/** Whether the database has seen every migration of this build. Asked first: to load the ORM for nothing takes a second. */
async function isUpToDate(databaseUrl: string): Promise<boolean> {
  const built = readdirSync(join(root, 'control-plane/dist/release/migrations')).filter((name) => name.endsWith('.js')).map((name) => name.slice(0, -'.js'.length));
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select name from mikro_orm_migrations');
    const done = new Set(rows.map((row) => row.name));
    return built.every((name) => done.has(name));
  } catch {
    return false;                                        // a new database, or none: the migration says what is wrong
  } finally {
    await client.end().catch(() => {});
  }
}

/** Brings the database to the newest migration, in a process of its own: a failed one leaves nothing half open here. */
export async function migrate(environment: NodeJS.ProcessEnv, note: Note): Promise<void> {
  if (await isUpToDate(environment.DATABASE_URL!)) return;
  note('bringing the database up to date');
  const child = spawn(process.execPath, [join(root, 'control-plane/dist/release/database/migrate.js')], { cwd: root, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { output = (output + text).slice(-4_000); });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Fault(sentenceFor(output) ?? `The database could not be brought up to date:\n${output.trim()}`))));
  });
}
