import type { Metric } from '../api/metrics.js';
import type { RunBatch } from '../api/runs.js';
import { callApi, type RestContext } from './api.js';
import { splitBatch, type BatchBody } from './batches.js';
import { assertSupported, loggedModels } from './features.js';
import { pageMetricHistory } from './metric-history.js';
import { fromMetric, toMetric } from './wire/metric.js';
import { wireText, type Wire } from './wire/values.js';

/** Logs a batch of any size to a run of a server, in pieces that it accepts. */
export async function logBatch(context: RestContext, runId: string, batch: RunBatch): Promise<void> {
  await assertModelsAreKept(context, batch.metrics ?? []);
  for (const body of splitBatch(batch)) await logPiece(context, runId, body);
}

/** Logs one point. */
export async function logMetric(context: RestContext, runId: string, metric: Metric): Promise<void> {
  await assertModelsAreKept(context, [metric]);
  const point = fromMetric(metric);
  await callApi(context, {
    route: 'logMetric',
    body: { run_id: runId, ...point },
    action: `log metric "${metric.key}" to run "${runId}"`,
    recover: async () => {
      if (!(await mayRepeatPoints(context))) return undefined;
      return (await missingPoints(context, runId, [point])).length === 0 ? {} : undefined;
    },
  });
}

/** Refuses points of logged models where a server would drop the model without a word. */
async function assertModelsAreKept(context: RestContext, metrics: readonly Metric[]): Promise<void> {
  if (metrics.some(({ modelId }) => modelId !== undefined)) await assertSupported(context, loggedModels);
}

async function logPiece(context: RestContext, runId: string, piece: BatchBody): Promise<void> {
  const body = { run_id: runId, ...piece };
  await callApi(context, {
    route: 'logBatch',
    body,
    action: `log to run "${runId}"`,
    recover: async () => {
      if (!(await mayRepeatPoints(context))) return undefined;
      body.metrics = await missingPoints(context, runId, body.metrics ?? []);
      return undefined; // the next try sends what is missing, and params and tags again, which a repetition does not change
    },
  });
}

/** A database swallows a point that it has; a file store appends it again. A server before 3.5 does not tell which it has. */
async function mayRepeatPoints(context: RestContext): Promise<boolean> {
  return (await context.capabilities()).storeType !== 'SqlStore';
}

async function missingPoints(context: RestContext, runId: string, points: readonly Wire[]): Promise<Wire[]> {
  const known = new Set<string>();
  for (const key of new Set(points.map((point) => wireText(point['key'])))) {
    for await (const point of pageMetricHistory(context, runId, key)) known.add(identity(point));
  }
  return points.filter((point) => !known.has(identity(toMetric(point))));
}

function identity({ key, value, timestamp, step }: Metric): string {
  return JSON.stringify([key, String(value), timestamp, step]);
}
