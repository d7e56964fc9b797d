import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { type Counts, countsLine } from './counts.ts';

/** Closes the run with one plain line, "N passed, N failed, N skipped"; or hands the figures to `npm test`, which adds its own. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'failed' : state]++;
      }
      // The file itself did not load, or a hook failed: no test says so.
      if (!module.ok() && [...module.children.allTests('failed')].length === 0) counts.failed++;
    }
    const file = process.env.WEIR_COUNTS_FILE;
    if (file) writeFileSync(file, JSON.stringify(counts));
    else console.log(countsLine(counts));
  }
}
