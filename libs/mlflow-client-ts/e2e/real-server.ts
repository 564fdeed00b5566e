import { describe } from 'vitest';
import { findMlflowPython } from '../../../tools/mlflow-server/mlflow-server.js';

const reason = 'there is no .venv/mlflow; run tools/mlflow-server/ensure-venv.sh';

/** A suite against a real server: skipped with a reason where there is none, run in any case (and so failing) with CI=true. */
export function describeWithMlflow(name: string, suite: () => void): void {
  const canRun = findMlflowPython() !== undefined || process.env['CI'] === 'true';
  if (!canRun) console.warn(`Skipped: ${name}: ${reason}`);
  describe.skipIf(!canRun)(name, suite);
}
