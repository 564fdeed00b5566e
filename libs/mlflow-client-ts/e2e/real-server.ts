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
export function mlflowPython(major: launcher.MlflowMajor = 3): string {
  return launcher.findMlflowPython(major) ?? 'python3';
}

/** A suite against a real server: skipped with a reason where there is none, run in any case (and so failing) with CI=true. */
export function describeWithMlflow(name: string, suite: () => void, major: launcher.MlflowMajor = 3): void {
  const canRun = launcher.findMlflowPython(major) !== undefined || process.env['CI'] === 'true';
  if (!canRun) console.warn(`Skipped: ${name}: run tools/mlflow-server/ensure-venv.sh ${major}`);
  describe.skipIf(!canRun)(name, suite);
}
