import { defineConfig } from 'vitest/config';
import { unitTests } from '../../config/vitest/unit-tests.js';

const { test, ...base } = unitTests('cli:e2e', import.meta.dirname);

/** The command line from outside: every test runs the program as a child process in a working directory of its own. */
export default defineConfig({
  ...base,
  test: {
    ...test,
    include: ['e2e/**/*.e2e.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A canary measures what it sees: two of them on two cores would measure each other.
    fileParallelism: false,
    watch: false,
  },
});
