/** `pnpm seed`: fills the database of the running instance, or of DATABASE_URL, with a large data set, for tests and for people. */
import { databaseUrl } from './start/running-database.ts';
import { readSizes } from './seed/sizes.ts';
import { seed } from './seed/seed.ts';

const usage = `usage: pnpm seed [--scale=0.01] [--users=1000000] [--tokens=1000000] [--channels=10000] [--logs=5000000] [--codes=100000] [--tasks=100000] [--days=60]

Fills the database of the running instance, or of DATABASE_URL, with users, keys, channels, log rows of the last days, statistics,
codes and tasks. Nobody can sign in as one of these users, and the channels have no credentials. The books stay clean. It is meant
for an instance that is thrown away: there is no command that takes it back.`;

function findDatabase(): string | undefined {
  try { return databaseUrl(); } catch { return undefined; }
}

const args = process.argv.slice(2), sizes = readSizes(args.filter((arg) => arg !== '--help')), url = findDatabase();
if (args.includes('--help')) console.log(usage);
else if (typeof sizes === 'string' || url === undefined) {
  console.error(typeof sizes === 'string' ? sizes : 'There is no running instance in the data folder: start Weir, or set DATABASE_URL.');
  process.exitCode = 2;
} else {
  await seed(url, sizes, (name, ms) => console.log(`${name.padEnd(24)} ${(ms / 1_000).toFixed(1)} s`));
}
