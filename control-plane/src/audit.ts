/** `node audit.js`: audits the ledger of DATABASE_URL. Exit code 0: clean. 1: not clean. 2: it could not be read. */
import 'reflect-metadata';
import pg from 'pg';
import { sqlOfClient } from './database/sql.ts';
import { readConfig } from './config.ts';
import { audit, isClean, printAudit } from './features/ledger/auditor.ts';

const config = readConfig({ WEIR_MASTER_KEY: Buffer.alloc(32).toString('base64'), REDIS_URL: 'redis://unused', ...process.env });

async function run(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const lines = await audit(sqlOfClient(client));
    console.log(printAudit(lines));
    return isClean(lines) ? 0 : 1;
  } finally {
    await client.end();
  }
}

if ('faults' in config) {
  console.error(config.faults.join('\n'));
  process.exitCode = 2;
} else {
  process.exitCode = await run(config.databaseUrl).catch((error: unknown) => {
    console.error(`The ledger cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  });
}
