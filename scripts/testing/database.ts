import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Runs statements as the owner of the server, outside any test database. */
export async function withAdmin<T>(url: string, work: (sql: (text: string) => Promise<unknown>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work((text) => client.query(text));
  } finally {
    await client.end();
  }
}

async function newDatabase(template: string): Promise<string> {
  const url = new URL(inject('databaseUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(url.href, (sql) => sql(`create database ${name} ${template}`));
  url.pathname = `/${name}`;
  return url.href;
}

/** The address of a migrated, empty database that belongs to the calling test file alone (tens of milliseconds). */
export const testDatabase = (): Promise<string> => newDatabase('template weir_template strategy file_copy');

/** As `testDatabase`, before any migration. */
export const emptyDatabase = (): Promise<string> => newDatabase('');

let nextRedis = 1;

/** A Redis database of the calling file's own, in the Redis of its worker. Vitest numbers the workers that run from 1. */
export function testRedis(): string {
  const urls = inject('redisUrls');
  return `${urls[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % urls.length]}/${nextRedis++ % 16}`;
}
