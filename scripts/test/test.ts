/** `npm test`: the checks of the tree, then everything that Vitest runs. Ends with one line of figures. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, report } from '../check/checks.ts';
import { root } from '../root.ts';
import { buildAll } from '../start/build.ts';
import { chromium } from '../testing/browser.ts';
import { type Counts, countsLine } from '../testing/counts.ts';

/** The path of a browser; undefined, after a line that says so, when the browser scenarios must be skipped. */
function browser(): string | undefined {
  try {
    return chromium();
  } catch (error) {
    console.log(`browser scenarios are SKIPPED: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function vitest(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Counts & { clean: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-counts-')), file = join(folder, 'counts.json');
  const program = join(root, 'node_modules', '.bin', 'vitest');
  const child = spawn(program, ['run', '--config', 'scripts/testing/vitest.config.ts', ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment, WEIR_COUNTS_FILE: file } });
  const stop = (): void => { child.kill('SIGTERM'); };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const code = await new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  try {
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as Counts), clean: code === 0 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, clean: false };   // it died before it could count
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildForScenarios(): boolean {
  try {
    buildAll((text) => console.log(text));
    return true;
  } catch (error) {
    console.log(`FAILED build: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Runs everything; `args` go to Vitest (a path filters). Returns the exit code. */
export async function test(args: readonly string[]): Promise<number> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const count = (good: boolean): void => { counts[good ? 'passed' : 'failed']++; };
  for (const check of checks) count(await report(check));
  const built = buildForScenarios();
  if (!built) count(false);
  const path = browser();
  const ran = await vitest([...args, ...(built ? [] : ['--project', 'unit'])], { NODE_ENV: 'test', CHROMIUM_PATH: path ?? '' });
  for (const kind of ['passed', 'failed', 'skipped'] as const) counts[kind] += ran[kind];
  if (!ran.clean && ran.failed === 0) counts.failed++;    // an error outside of any test
  console.log(`\n${countsLine(counts)}`);
  return counts.failed === 0 ? 0 : 1;
}
