/** `pnpm migration NAME`: drafts the migration that brings the database to the entities. Read it before you commit it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.ts';
import { startPostgres } from './services/postgres.ts';

const name = process.argv[2];
if (!name) throw new Error('usage: pnpm migration NAME, for example: pnpm migration token-budget');
const postgres = await startPostgres(mkdtempSync(join(tmpdir(), 'weir-migration-')), { throwaway: true });
const args = ['--tsconfig', 'control-plane/tsconfig.json', 'control-plane/src/database/make-migration.ts', postgres.url, name];
const result = spawnSync(join(root, 'node_modules', '.bin', 'tsx'), args, { cwd: root, stdio: 'inherit' });
await postgres.stop();
process.exitCode = result.status ?? 1;
