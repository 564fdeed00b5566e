import type { Metric } from '../api/metrics.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import { decodeOperation } from './journal-line.js';
import { readJournal } from './journal-reader.js';
import type { RunOperation } from './operation.js';
import { readRejected } from './refusals.js';
import type { SpoolPaths } from './spool-folder.js';

/** Where to look for points that the store may have already. */
export interface PointSearch {
  readonly client: MlflowClient;
  readonly runId: string;
  readonly paths: SpoolPaths;
  /** Number of the operation that the points are from. */
  readonly seq: number;
}

/**
 * The points that the store does not have yet. A point can stand in a journal several times: what earlier operations logged is not counted for
 * this one, so that a store that keeps repetitions gets as many as were logged. (A SQL store keeps one of each.)
 */
export async function missingPoints(search: PointSearch, points: readonly Metric[]): Promise<Metric[]> {
  if (points.length === 0) return [];
  const wanted = new Set(points.map(identity));
  const present = await countPresent(search, wanted, new Set(points.map(({ key }) => key)));
  if (present.size === 0) return [...points];
  const count = (point: Metric, change: number): void => {
    const known = present.get(identity(point));
    if (known !== undefined) present.set(identity(point), known + change);
  };
  for await (const point of earlierPoints(search)) count(point, -1);
  for (const point of await refusedPoints(search)) count(point, 1);
  return points.filter((point) => {
    const known = present.get(identity(point)) ?? 0;
    present.set(identity(point), known - 1);
    return known <= 0;
  });
}

async function countPresent(
  { client, runId }: PointSearch,
  wanted: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const key of keys) {
    for await (const point of client.pageMetricHistory(runId, key)) {
      const id = identity(point);
      if (wanted.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

async function* earlierPoints({ paths, seq }: PointSearch): AsyncGenerator<Metric> {
  for await (const line of readJournal(paths.journal, { seq: 0, offset: 0 })) {
    if (line.seq >= seq) return;
    yield* pointsOf(decodeOperation(line.text));
  }
}

async function refusedPoints({ paths, seq }: PointSearch): Promise<Metric[]> {
  const refused = await readRejected(paths.rejected);
  return refused.filter((each) => each.seq < seq).flatMap(({ operation }) => pointsOf(operation));
}

function pointsOf(operation: RunOperation): readonly Metric[] {
  return operation.type === 'logBatch' ? (operation.batch.metrics ?? []) : [];
}

function identity({ key, value, timestamp, step }: Metric): string {
  return `${key} ${value} ${timestamp} ${step}`;
}
