import type { Run } from '../api/runs.js';
import { callForObject, type RestContext } from './api.js';
import { toRun } from './wire/run.js';

/** A run of a server. */
export async function getRun(context: RestContext, runId: string): Promise<Run> {
  const call = { route: 'getRun', query: { run_id: runId }, action: `get run "${runId}"` } as const;
  return toRun(await callForObject(context, call, 'run'));
}
