/** `pnpm audit:ledger`: audits the ledger of the running instance, or of DATABASE_URL. Exit code 0 only when all is clean. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.ts';
import { databaseUrl } from './start/running-database.ts';

function findDatabase(): string | undefined {
  try { return databaseUrl(); } catch { return undefined; }
}

const url = findDatabase();
if (process.argv.includes('--help')) {
  console.log('usage: pnpm audit:ledger   reads the whole ledger of the running instance, or of DATABASE_URL; exit code 0: clean, 1: not, 2: no database');
} else if (url === undefined) {
  console.error('There is no running instance in the data folder: start Weir, or set DATABASE_URL.');
  process.exitCode = 2;
} else {
  const auditor = join(root, 'control-plane', 'dist', 'release', 'audit.js');
  const { status } = spawnSync(process.execPath, [auditor], { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } });
  process.exitCode = status ?? 2;
}
