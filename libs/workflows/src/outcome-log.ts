import type { EnsembleResult, IntervalCoverage } from '@i-drill/training';
import type { LoopPorts } from './ports.js';
import type { Score } from './score.js';

/** Metric of the run that holds the largest difference between TensorFlow.js and ONNX Runtime, as a share of the largest output. */
export const exportDifferenceMetric = 'export_relative_difference';

/** How a training ended. */
export interface Outcome {
  readonly result: EnsembleResult;
  readonly marks: Score;
  readonly interval: IntervalCoverage | { readonly none: string };
  readonly exportDifference: number;
}

/** Logs the figures of a finished training, and why predictions have no interval where they have none. */
export async function logOutcome(ports: LoopPorts, runId: string, outcome: Outcome): Promise<void> {
  const { result, marks, interval, exportDifference } = outcome;
  const values = {
    ...prefixed('test_', marks.metrics),
    ...prefixed('test_baseline_', marks.baselineMetrics),
    ...('none' in interval ? {} : intervalMetrics(interval)),
    [exportDifferenceMetric]: exportDifference,
    ...bestEpochs(result),
  };
  const timestamp = ports.clock.now();
  const metrics = Object.entries(values).map(([key, value]) => ({ key, value, timestamp, step: 0 }));
  const tags = {
    'i_drill.stopped': result.stopped,
    ...('none' in interval ? { 'i_drill.no_interval': interval.none } : {}),
  };
  await ports.store.logBatch(runId, { metrics, tags });
}

function intervalMetrics({ coverage, confidence, width }: IntervalCoverage): Record<string, number> {
  return {
    test_interval_coverage: coverage,
    test_interval_coverage_low: confidence.low,
    test_interval_coverage_high: confidence.high,
    test_interval_width: width,
  };
}

function bestEpochs({ members }: EnsembleResult): Record<string, number> {
  if (members.length === 1) return { best_epoch: members[0]!.bestEpoch };
  return Object.fromEntries(members.map(({ bestEpoch }, i) => [`member_${i + 1}_best_epoch`, bestEpoch]));
}

function prefixed(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}
