/** MikroORM's configuration. One entity manager is forked from it for each request. */
import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { DataloaderType, defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql';
import { entities } from './entities.ts';

export function ormOptions(databaseUrl: string, overrides: Partial<Options> = {}): Options {
  return defineConfig({
    clientUrl: databaseUrl,
    entities: [...entities],
    extensions: [Migrator],
    dataloader: DataloaderType.ALL,
    forceUtcTimezone: true,
    pool: { min: 0, max: 20 },
    // The log is partitioned by month: its migration writes it by hand, and partitions come and go at run time. Triggers
    // are written by hand in migrations; without ignoreTriggers every draft would drop them.
    schemaGenerator: { skipTables: ['log', /^log_/], ignoreTriggers: true },
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

/** Brings the database to the newest migration. Safe to run from several processes at once. */
export async function migrate(databaseUrl: string): Promise<void> {
  const orm = await openDatabase(databaseUrl);
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}
