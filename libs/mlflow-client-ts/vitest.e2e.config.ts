import { defineConfig } from 'vitest/config';
import { unitTests } from '../../config/vitest/unit-tests.js';

const { test, ...base } = unitTests('mlflow-client-ts:e2e', import.meta.dirname);

/** Tests against a real MLflow server. They are skipped where tools/mlflow-server/ensure-venv.sh has not been run; with CI=true they fail. */
export default defineConfig({
  ...base,
  test: {
    ...test,
    include: ['e2e/**/*.e2e.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2, // each file starts servers of its own and mostly waits for them
    watch: false,
  },
});
