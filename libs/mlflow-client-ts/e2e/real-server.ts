import { describe } from 'vitest';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the launcher belongs to the workspace, no package has it
import * as launcher from '../../../tools/mlflow-server/mlflow-server.js';

/** A running server. */
export type RealServer = launcher.MlflowServer;

/** Starts a real server, over SQLite or over the given file store. */
export function startRealServer(options: launcher.MlflowServerOptions = {}): Promise<RealServer> {
  return launcher.startMlflowServer(options);
}

/** The Python that has MLflow. */
export function mlflowPython(): string {
  return launcher.findMlflowPython() ?? 'python3';
}

const reason = 'there is no .venv/mlflow; run tools/mlflow-server/ensure-venv.sh';

/** A suite against a real server: skipped with a reason where there is none, run in any case (and so failing) with CI=true. */
export function describeWithMlflow(name: string, suite: () => void): void {
  const canRun = launcher.findMlflowPython() !== undefined || process.env['CI'] === 'true';
  if (!canRun) console.warn(`Skipped: ${name}: ${reason}`);
  describe.skipIf(!canRun)(name, suite);
}
