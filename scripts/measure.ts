/** `pnpm measure`: times every page of every list on a seeded database, with every filter and order of the schema. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './root.ts';
import { startRedis } from './services/redis.ts';
import { databaseUrl } from './start/running-database.ts';

const usage = `usage: pnpm measure [--rounds=5] [--lists=^users] [--slow=50]

Times every list of the schema, with every value of every filter in every order, on the database of the running instance or of
DATABASE_URL, which \`pnpm seed\` has filled. Says p50 and p95 over all rounds and over the best round of each case (on a machine that is
busy with other things, the best says what the work takes), and explains what took longer than --slow milliseconds at best.`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, rounds: { type: 'string', default: '5' }, lists: { type: 'string', default: '' }, slow: { type: 'string', default: '50' } } });
if (values.help) console.log(usage);
else {
  const folder = mkdtempSync(join(tmpdir(), 'weir-measure-')), redis = await startRedis(join(folder, 'redis'), { own: true, throwaway: true });
  // As `pnpm start` runs it: GraphQL looks twice at every type elsewhere.
  const environment = { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl(), REDIS_URL: redis.url, ROUNDS: values.rounds, LISTS: values.lists, SLOW: values.slow };
  const args = ['--tsconfig', 'control-plane/tsconfig.json', 'control-plane/src/testing/lists/measure.ts'];
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'tsx'), args, { cwd: root, stdio: 'inherit', env: environment });
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = status ?? 1;
}
