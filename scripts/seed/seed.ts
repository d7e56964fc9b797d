import pg from 'pg';
import type { Sizes } from './sizes.ts';
import { seedStatements } from './statements.ts';

/**
 * Fills a migrated database. Commits after each statement, so that a run that is stopped leaves whole tables.
 *
 * @param tell is called with each step and how long it took, in milliseconds
 */
export async function seed(databaseUrl: string, sizes: Sizes, tell: (name: string, ms: number) => void = () => {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off; set work_mem = '256MB'; set maintenance_work_mem = '512MB'`);
    for (const { name, sql } of seedStatements(sizes)) {
      const begun = performance.now();
      await client.query(sql);
      tell(name, performance.now() - begun);
    }
  } finally {
    await client.end();
  }
}
