import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from './settings.ts';

/** The database of DATABASE_URL, or the embedded one that `npm start` is running. */
export function databaseUrl(): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const folder = join(readSettings(process.env).dataFolder, 'postgres');
  const { port } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { port: number };
  return `postgres://weir:${readFileSync(join(folder, 'password'), 'utf8').trim()}@127.0.0.1:${port}/postgres`;
}
