/** One PostgreSQL for the whole run, and a Redis for each worker; each test file gets a database of its own, copied from a migrated one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../root.ts';
import type { Service } from '../services/child.ts';
import { startPostgres } from '../services/postgres.ts';
import { startRedis } from '../services/redis.ts';
import { withAdmin } from './database.ts';
import { testWorkers } from './workers.ts';

declare module 'vitest' {
  export interface ProvidedContext { databaseUrl: string; redisUrls: string[] }
}

async function makeTemplate(databaseUrl: string): Promise<void> {
  await withAdmin(databaseUrl, async (sql) => {
    await sql('drop database if exists weir_template');
    await sql('create database weir_template');
  });
  const url = new URL(databaseUrl);
  url.pathname = '/weir_template';
  // In a process of its own: the entities' decorators need tsx, and no connection may stay open on a template.
  const tsx = join(root, 'node_modules', '.bin', 'tsx');
  const args = ['--tsconfig', 'control-plane/tsconfig.json', 'control-plane/src/database/migrate.ts'];
  const result = spawnSync(tsx, args, { cwd: root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: url.href } });
  if (result.status !== 0) throw new Error(`The migrations failed:\n${result.stderr}${result.stdout}`);
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-test-'));
  const running: Service[] = [];
  const stop = async () => { await Promise.all(running.map((service) => service.stop())); };
  try {
    const postgres = await startPostgres(join(folder, 'postgres'), { throwaway: true });
    running.push(postgres);
    const redises = await Promise.all(Array.from({ length: testWorkers }, (_, index) => startRedis(join(folder, `redis-${index}`), { throwaway: true })));
    running.push(...redises);
    await makeTemplate(postgres.url);
    project.provide('databaseUrl', postgres.url);
    project.provide('redisUrls', redises.map(({ url }) => url));
    console.log(`services: PostgreSQL ${postgres.kind}, Redis ${redises[0]!.kind}`);
  } catch (error) {
    await stop();                                        // a service left running keeps vitest from ending
    throw error;
  }
  return stop;
}
