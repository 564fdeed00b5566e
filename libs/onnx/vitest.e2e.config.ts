import { defineConfig } from 'vitest/config';
import { unitTests } from '../../config/vitest/unit-tests.js';

const { test, ...base } = unitTests('onnx:e2e', import.meta.dirname);

/** Tests against Python's onnx and onnxruntime. They are skipped where tools/mlflow-server/ensure-venv.sh has not been run; with CI=true they fail. */
export default defineConfig({
  ...base,
  test: { ...test, include: ['e2e/**/*.e2e.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, watch: false },
});
