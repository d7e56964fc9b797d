import { defineConfig } from 'vitest/config';
import { root } from '../root.ts';
import { testWorkers } from './workers.ts';

// graphql 16 has no exports map: Vite picks its ES module build while Node gives every dependency the CommonJS one.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  root,
  test: {
    maxWorkers: testWorkers,
    expect: { poll: { timeout: 10_000 } },
    globalSetup: ['./scripts/testing/global-setup.ts'],
    reporters: ['default', './scripts/testing/plain-reporter.ts'],
    projects: [
      {
        root, resolve,
        test: { name: 'unit', include: ['{relay,control-plane,admin-ui}/src/**/*.test.{ts,tsx}', 'admin-ui/build/*.test.ts', 'scripts/**/*.test.ts', 'e2e/mock-provider/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
      },
      {
        root, resolve,
        test: { name: 'scenarios', include: ['e2e/scenarios/**/*.e2e.ts'], testTimeout: 90_000, hookTimeout: 60_000, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
