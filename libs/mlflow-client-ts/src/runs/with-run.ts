import type { MlflowClient } from '../api/mlflow-client.js';
import { openRunLog } from '../spool/open-run-log.js';
import type { ActiveRun } from './active-run.js';
import { readProgramFacts } from './environment/program-facts.js';
import type { RunPorts } from './run-context.js';
import type { StartRunOptions } from './run-options.js';
import { runWork } from './run-work.js';
import { startRunWith } from './start-run-with.js';

const ports: RunPorts = { openRunLog, readFacts: readProgramFacts, env: process.env, now: Date.now };

/**
 * Starts a run, does the work, and ends the run: FINISHED; FAILED when the work throws, with the error as tag `mlflow-client-ts.error`, and the error
 * is thrown on; KILLED when `options.signal` was aborted before the work settled. Resolves to what the work gave, once the store has everything, or has
 * proved to be out of reach: then all waits in the journal. What fails at the end of a run whose work has thrown is the `cause` of that error.
 *
 * @throws MlflowError INVALID_PARAMETER_VALUE
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openMlflow, withRun } from 'mlflow-client-ts';
 * const folder = mkdtempSync(join(tmpdir(), 'example-'));
 * const client = openMlflow({ trackingUri: `file:${folder}/mlruns` });
 * const options = { experimentName: 'wells', params: { lr: 0.1 }, spoolFolder: `${folder}/spool` };
 * const runId = await withRun(client, options, (run) => {
 *   run.logMetric('rmse', 1.5);
 *   return run.runId;
 * });
 * const { status, metrics, params } = await client.getRun(runId);
 * rmSync(folder, { recursive: true });
 * ({ status, metrics, params }); // => { status: 'FINISHED', metrics: { rmse: 1.5 }, params: { lr: '0.1' } }
 * ```
 */
export async function withRun<T>(
  client: MlflowClient,
  options: StartRunOptions,
  work: (run: ActiveRun) => Promise<T> | T,
): Promise<T> {
  return runWork(await startRunWith(ports, client, options, { isScoped: true }), work);
}

/**
 * Starts a run that the caller ends, with `run.end()` or by `await using`. One that is still open when the process ends is written to the journal and
 * ended there: FINISHED, or FAILED when the program fails.
 *
 * @throws MlflowError INVALID_PARAMETER_VALUE
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openMlflow, startRun } from 'mlflow-client-ts';
 * const folder = mkdtempSync(join(tmpdir(), 'example-'));
 * const client = openMlflow({ trackingUri: `file:${folder}/mlruns` });
 * const run = await startRun(client, { experimentName: 'wells', spoolFolder: `${folder}/spool` });
 * await run.logTable('wells.json', [{ well: 'A', depth: 120 }]);
 * await run.end();
 * const files = await client.listArtifacts(run.runId);
 * rmSync(folder, { recursive: true });
 * files.map(({ path }) => path); // => ['wells.json']
 * ```
 */
export async function startRun(client: MlflowClient, options: StartRunOptions = {}): Promise<ActiveRun> {
  return (await startRunWith(ports, client, options, { isScoped: false })).run;
}
