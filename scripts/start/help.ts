/** `npm start -- --help`: every variable of both packages, from the tables that read them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.ts';

async function tableOf(folder: string): Promise<string> {
  const file = join(root, folder, 'src', 'config.ts');
  if (!existsSync(file)) return '';
  const config = (await import(pathToFileURL(file).href)) as { describeConfig(): string };
  return config.describeConfig();
}

export async function help(): Promise<string> {
  return `npm start          build and run everything: database, Redis, control plane, relay, console
npm test           type check, lint, unit tests, scenarios with real processes and a browser

npm start needs nothing set. It fills in DATABASE_URL (embedded PostgreSQL), REDIS_URL (local Valkey or Redis) and
WEIR_MASTER_KEY (made once, kept in the data folder) when they are unset.

Control plane:
${await tableOf('control-plane')}

Relay:
${await tableOf('relay')}`;
}
