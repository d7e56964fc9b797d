/** `pnpm check`: everything about the tree that needs no database: types, lint, generated files, imports, names, sizes. */
import { checks, report } from './check/checks.ts';

for (const check of checks) if (!(await report(check))) process.exitCode = 1;
