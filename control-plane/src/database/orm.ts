/** MikroORM's configuration. One entity manager is forked from it for each request. */
import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { DataloaderType, defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql';
import pg from 'pg';
import type { Pool } from 'pg';
import { waitForDisk } from './durable-commits.ts';
import { auditTables } from '../features/audit/audit-triggers.ts';
import { entities } from './entities.ts';
import { takeBackLostClients } from './lost-clients.ts';
import { limitStatements } from './statement-time.ts';
import { sqlOfClient } from './sql.ts';

export function ormOptions(databaseUrl: string, overrides: Partial<Options> = {}): Options {
  return defineConfig({
    clientUrl: databaseUrl,
    entities: [...entities],
    extensions: [Migrator],
    dataloader: DataloaderType.ALL,
    forceUtcTimezone: true,
    pool: { min: 0, max: 20 },
    driverOptions: { onPoolCreated: (pool: Pool) => { takeBackLostClients(pool); waitForDisk(pool); limitStatements(pool); } },
    // The log is partitioned by month: its migration writes it by hand, and partitions come and go at run time. Triggers
    // and functions are written by hand in migrations; without the two every draft would drop them.
    schemaGenerator: { skipTables: ['log', /^log_/, 'usage_hour', /^usage_hour_/, 'live_change'], ignoreTriggers: true, ignoreRoutines: true },
    migrations: {
      path: fileURLToPath(new URL('../migrations', import.meta.url)),
      glob: '!(*.d).{js,ts}',
      // Only when a migration is made: otherwise every `up()` would write a snapshot file beside the migrations.
      snapshot: false,
      snapshotName: '.snapshot',
    },
    ...overrides,
  }) as Options;
}

export const openDatabase = (databaseUrl: string): Promise<MikroORM> => MikroORM.init(ormOptions(databaseUrl));

/** Any number, the same in every process: who holds this lock of the database may migrate. */
const migrationLock = 7_153_001;

/** Brings the database to the newest migration. Several processes may start at once: they take turns. */
export async function migrateUp(orm: MikroORM): Promise<void> {
  const client = new pg.Client({ connectionString: orm.config.get('clientUrl') });
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(String(orm.config.get('clientUrl')));
    const reasons = error instanceof AggregateError ? error.errors : [error];
    throw new Error(`PostgreSQL at ${host} cannot be used: ${reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join('; ')}`, { cause: error });
  }
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await orm.migrator.up();
    await auditTables(sqlOfClient(client));
  } finally {
    await client.end();                                  // and with it the lock
  }
}

export async function migrate(databaseUrl: string): Promise<void> {
  const orm = await openDatabase(databaseUrl);
  try {
    await migrateUp(orm);
  } finally {
    await orm.close(true);
  }
}
