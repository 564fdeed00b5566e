import type { RunBatch } from '../api/runs.js';
import type { MlflowError } from '../errors.js';
import { missingPoints } from './missing-points.js';
import { assertRunIsOpen } from './refusals.js';
import type { RunTarget } from './replay-target.js';

/** Part of a batch that the store will never take. */
export interface RefusedBatch {
  readonly batch: RunBatch;
  readonly error: MlflowError;
}

/** Logs a batch. Of a batch that is refused the half that is at fault is sought, down to the single item: all others are logged. */
export async function performBatch(target: RunTarget, batch: RunBatch): Promise<RefusedBatch[]> {
  const { client, once, runId, isUncertain } = target;
  const metrics = isUncertain ? await missingPoints(target, batch.metrics ?? []) : (batch.metrics ?? []);
  try {
    // A repetition by the client could double points: it is for the replay, which looks first what is there.
    await once.logBatch(runId, { ...batch, metrics });
    return [];
  } catch (error) {
    if (!target.refuses(error)) throw error;
    await assertRunIsOpen(client, runId, error);
    const halves = halve({ ...batch, metrics });
    if (halves === undefined) return [{ batch: { ...batch, metrics }, error }];
    const refused: RefusedBatch[] = [];
    // A refused batch can be written in part.
    for (const half of halves) refused.push(...(await performBatch({ ...target, isUncertain: true }, half)));
    return refused;
  }
}

/** Two parts, in the order in which a store writes; `undefined` when there is one item at most. */
function halve({ params = {}, metrics = [], tags = {} }: RunBatch): [RunBatch, RunBatch] | undefined {
  const items: Item[] = [
    ...Object.entries(params).map((pair): Item => ({ params: Object.fromEntries([pair]) })),
    ...metrics.map((metric): Item => ({ metrics: [metric] })),
    ...Object.entries(tags).map((pair): Item => ({ tags: Object.fromEntries([pair]) })),
  ];
  if (items.length < 2) return undefined;
  const middle = items.length >> 1;
  return [together(items.slice(0, middle)), together(items.slice(middle))];
}

type Item = RunBatch;

function together(items: readonly Item[]): RunBatch {
  return {
    params: Object.assign({}, ...items.map(({ params }) => params)) as Record<string, string>,
    metrics: items.flatMap(({ metrics = [] }) => metrics),
    tags: Object.assign({}, ...items.map(({ tags }) => tags)) as Record<string, string>,
  };
}
