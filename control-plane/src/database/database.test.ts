import { MikroORM } from '@mikro-orm/postgresql';
import { describe, expect, it } from 'vitest';
import { emptyDatabase, testDatabase, withAdmin } from '../../../scripts/testing/database.ts';
import { startTestApp } from '../testing/test-app.ts';
import { migrate, openDatabase } from './orm.ts';

describe('the migrations', () => {
  it('say what the entities say', async () => {
    const orm: MikroORM = await openDatabase(await testDatabase());
    expect(await orm.migrator.checkSchema()).toBe(false);
    await orm.close(true);
  });

  it('run once when four processes start together', async () => {
    const url = await emptyDatabase();
    await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
    await withAdmin(url, async (sql) => {
      const { rows } = (await sql('select name, count(*)::int as times from mikro_orm_migrations group by name having count(*) > 1')) as { rows: unknown[] };
      expect(rows).toEqual([]);
    });
  });
});

it('says which database cannot be used, without its password', async () => {
  const failing = migrate('postgres://someone:secret@127.0.0.1:1/weir');
  await expect(failing).rejects.toThrow(/^PostgreSQL at 127\.0\.0\.1:1 cannot be used: (?!.*secret)/);
});

it('a restart of PostgreSQL costs a request at most, not the process', async () => {
  const app = await startTestApp();
  const ask = () => app.request({ body: { query: '{ setup { done } }' } });
  await Promise.all(Array.from({ length: 10 }, ask));    // several idle connections
  await withAdmin(app.base.config.databaseUrl, (sql) => sql('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries++) statuses.push((await ask()).status);
  expect(statuses.at(-1)).toBe(200);
  await app.stop();
});
