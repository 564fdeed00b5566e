import { defineConfig } from 'vitest/config';
import { unitTests } from '../../config/vitest/unit-tests.js';

const { test, ...base } = unitTests('training:native', import.meta.dirname);

/** Tests on tfjs-node, which `npm run native` sets up. Without it they fail. */
export default defineConfig({
  ...base,
  test: { ...test, include: ['e2e/**/*.native.test.ts'], fileParallelism: false, watch: false },
});
