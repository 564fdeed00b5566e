import type { RunBatch } from '../api/runs.js';
import { fromMetric } from './wire/metric.js';
import { toPairs, type Wire } from './wire/values.js';

/** What one call of runs/log-batch may carry. */
const batchLimits = { metrics: 1000, params: 100, tags: 100, items: 1000, bytes: 900_000 } as const;

type Kind = 'params' | 'metrics' | 'tags';

/** The body of one call of runs/log-batch, without the run. */
export type BatchBody = Partial<Record<Kind, Wire[]>>;

/** Splits a batch into bodies within {@link batchLimits}: params first, then metrics, then tags, as the server writes them. */
export function splitBatch(batch: RunBatch): BatchBody[] {
  const bodies: BatchBody[] = [];
  let body: BatchBody = {};
  let bytes = 0;
  for (const [kind, item] of itemsOf(batch)) {
    const itemBytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (isFull(body, kind) || bytes + itemBytes > batchLimits.bytes) {
      bodies.push(body);
      body = {};
      bytes = 0;
    }
    (body[kind] ??= []).push(item);
    bytes += itemBytes;
  }
  return bytes === 0 ? bodies : [...bodies, body];
}

function isFull(body: BatchBody, kind: Kind): boolean {
  const items = Object.values(body).reduce((total, each) => total + each.length, 0);
  return items >= batchLimits.items || (body[kind]?.length ?? 0) >= batchLimits[kind];
}

function* itemsOf({ params = {}, metrics = [], tags = {} }: RunBatch): Generator<[Kind, Wire]> {
  for (const pair of toPairs(params)) yield ['params', pair];
  for (const metric of metrics) yield ['metrics', fromMetric(metric)];
  for (const pair of toPairs(tags)) yield ['tags', pair];
}
