import { defineConfig } from 'vitest/config';
import e2e from './vitest.e2e.config.js';

/** One contract, four back ends: the embedded store, its REST face, and real servers of the newest and of the oldest supported MLflow. */
export default defineConfig({
  ...e2e,
  test: { ...e2e.test, name: 'mlflow-client-ts:contract', include: ['e2e/contract/*.contract.test.ts'] },
});
