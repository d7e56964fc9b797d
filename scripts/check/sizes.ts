/** How long files are. Functions are measured by oxlint, which can parse them (sizes.oxlintrc.json). */
import type { Check, Finding } from './finding.ts';
import { ran } from './program.ts';
import { sourceFiles } from './source-files.ts';

/** On the command line, since patterns in a configuration hold below its own folder only. A test's `describe` is no function. */
const unmeasured = ['**/dist/**', '**/node_modules/**', 'scripts/toolchain/**', '**/*.gen.ts', 'admin-ui/src/gql/**', '**/*.test.*', '**/*.e2e.ts', 'control-plane/src/migrations/**']
  .map((pattern) => `--ignore-pattern=${pattern}`);
const longLines = 90, refusedLines = 400;

function fileSizes(): Finding[] {
  const long: string[] = [], findings: Finding[] = [];
  for (const { path, text, isTest } of sourceFiles()) {
    const lines = text.split('\n').length - 1;
    if (lines > refusedLines) findings.push({ text: `${path} has ${lines} lines; more than ${refusedLines} are refused` });
    else if (lines > longLines && !isTest && !path.includes('/migrations/')) long.push(`${path} ${lines}`);
  }
  if (long.length) findings.push({ warning: true, text: `${long.length} files have more than ${longLines} lines: ${long.join(', ')}` });
  return findings;
}

export const sizes: Check = {
  name: 'sizes',
  mend: 'give the part that wants a name its name, and a file',
  async run() {
    return [...fileSizes(), ...(await ran('oxlint', ['--quiet', '--format', 'unix', '-c', 'scripts/check/sizes.oxlintrc.json', ...unmeasured]))];
  },
};
