import type { Metric } from '../api/metrics.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import type { Run } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import type { RunContext } from './run-context.js';
import { sampleSystemMetrics, type SystemMetricsOptions } from './system-metrics/sample-system-metrics.js';

const knownKey = 'system/cpu_utilization_percentage';

/** How system metrics of a run are to be sampled. */
export interface SamplingPlan extends SystemMetricsOptions {
  readonly firstStep: number;
}

/** Checks what is wanted, before the run exists; `undefined` when nothing is. A resumed run goes on after the steps it has. */
export async function planSampling(
  client: MlflowClient,
  wanted: boolean | SystemMetricsOptions,
  resumed: Run | undefined,
): Promise<SamplingPlan | undefined> {
  if (wanted === false) return undefined;
  const options = wanted === true ? {} : wanted;
  assertInterval(options);
  if (resumed?.metrics[knownKey] === undefined) return { ...options, firstStep: 0 };
  const history = await client.getMetricHistory(resumed.runId, knownKey);
  return { ...options, firstStep: (history.at(-1)?.step ?? -1) + 1 };
}

/** Starts to sample by a plan; what ends it. */
export function startSampling({ writer, ports }: RunContext, plan: SamplingPlan | undefined): () => void {
  if (plan === undefined) return () => undefined;
  return sampleSystemMetrics(plan, {
    firstStep: plan.firstStep,
    log(values, step) {
      const timestamp = ports.now();
      const metrics = Object.entries(values).map(([key, value]): Metric => ({ key, value, timestamp, step }));
      try {
        writer.add({ metrics });
      } catch {
        // A full disk is told to the program by its own calls; a timer has nobody to tell.
      }
    },
  });
}

function assertInterval({ intervalMs = 1000 }: SystemMetricsOptions): void {
  if (intervalMs >= 10 && Number.isFinite(intervalMs)) return;
  throw invalidValue(`Cannot sample system metrics every ${intervalMs} ms: give 10 or more`, { intervalMs });
}
