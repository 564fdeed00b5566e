import type { Metric } from '../api/metrics.js';
import type { Run } from '../api/runs.js';
import type { ExportContext } from './export-context.js';
import type { ModelPoints } from './model-points.js';

const pointsPerCall = 1000;

/** A run whose points are exported. */
export interface MetricTransfer {
  readonly source: Run;
  readonly runId: string;
  /** Whether some points may be there from an interrupted export. */
  readonly isResumed: boolean;
  readonly modelPoints: ModelPoints;
}

/** Writes every point of every metric, in the order in which the old store gives them. */
export async function exportMetrics(context: ExportContext, transfer: MetricTransfer): Promise<void> {
  let points: Metric[] = [];
  const send = async (): Promise<void> => {
    if (points.length > 0) await context.to.logBatch(transfer.runId, { metrics: points });
    context.recorder.add({ metricPoints: points.length });
    points = [];
  };
  for await (const point of pointsToSend(context, transfer)) {
    points.push(point);
    if (points.length === pointsPerCall) await send();
  }
  await send();
}

async function* pointsToSend(context: ExportContext, transfer: MetricTransfer): AsyncGenerator<Metric> {
  const { source, modelPoints } = transfer;
  for (const key of Object.keys(source.metrics)) {
    const present = transfer.isResumed ? await presentPoints(context, transfer.runId, key) : new Map<string, number>();
    for await (const point of context.from.pageMetricHistory(source.runId, key)) {
      const complete = withNewIds(context, modelPoints.complete(source.runId, point));
      const count = present.get(identity(complete)) ?? 0;
      present.set(identity(complete), count - 1);
      if (count <= 0) yield complete;
    }
  }
}

/** How often each point is there, so that a store that keeps repetitions gets as many as the old one has. */
async function presentPoints({ to }: ExportContext, runId: string, key: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const point of to.pageMetricHistory(runId, key)) {
    counts.set(identity(point), (counts.get(identity(point)) ?? 0) + 1);
  }
  return counts;
}

function withNewIds({ ids, hasLoggedModels }: ExportContext, { modelId, ...point }: Metric): Metric {
  if (modelId === undefined || !hasLoggedModels) return point;
  return { ...point, modelId: ids.map(modelId) };
}

function identity({ value, timestamp, step }: Metric): string {
  return `${value} ${timestamp} ${step}`;
}
