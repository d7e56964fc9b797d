import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../root.ts';

/** The schema as the control plane's sources build it. A process of its own: decorators need tsx, this script does not. */
export function printedSchema(): string {
  const tsx = join(root, 'node_modules', '.bin', 'tsx');
  const args = ['--tsconfig', 'control-plane/tsconfig.json', 'control-plane/src/server/print-schema.ts'];
  const result = spawnSync(tsx, args, { cwd: root, encoding: 'utf8', maxBuffer: 32 << 20 });
  if (result.status !== 0) throw new Error(`The schema does not build:\n${result.stderr}`);
  return result.stdout;
}
