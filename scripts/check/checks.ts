/** All checks of the tree, in the order in which they are run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';
import type { Check, Finding } from './finding.ts';
import { imports } from './imports.ts';
import { names } from './names.ts';
import { ran } from './program.ts';
import { sizes } from './sizes.ts';

const typeChecked = (): string[] =>
  ['relay', 'control-plane', 'scripts', 'e2e', 'relay/tsconfig.test.json', 'control-plane/tsconfig.test.json', ...(existsSync(join(root, 'admin-ui/src/main.tsx')) ? ['admin-ui', 'admin-ui/build'] : [])];

export const checks: readonly Check[] = [
  { name: 'types', mend: 'tsc has named the places', run: () => ran('tsc', ['-b', ...typeChecked()]) },
  { name: 'lint', mend: 'oxlint has named the places; `npx oxlint --fix` mends some', run: () => ran('oxlint', ['--quiet']) },
  { name: 'generated files', mend: 'run `pnpm gen` and commit what it writes', run: () => ran('node', ['scripts/gen.ts', '--check']) },
  imports, names, sizes,
];

/** Runs one check and prints its outcome. True: nothing is wrong. */
export async function report(check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const found: Finding[] = await check.run();
  const wrong = found.filter((finding) => !finding.warning);
  console.log(`${wrong.length ? 'FAILED' : 'ok    '} ${check.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  for (const { text, warning } of found) console.log(`  ${warning ? 'note: ' : ''}${text.replaceAll('\n', '\n  ')}`);
  if (wrong.length) console.log(`  How to mend it: ${check.mend}.`);
  return wrong.length === 0;
}
