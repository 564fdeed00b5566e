import type { Metric } from '../api/metrics.js';
import type { RunBatch } from '../api/runs.js';

/** Metrics, params and tags that wait to be written together. */
export interface BatchBuffer {
  /** How many items wait. */
  size(): number;
  add(batch: RunBatch): void;
  /** Everything that waits, which then waits no more; `undefined` when there is nothing. Of a tag set twice the later value. */
  take(): RunBatch | undefined;
}

/** An empty buffer. */
export function batchBuffer(): BatchBuffer {
  let metrics: Metric[] = [];
  const params = new Map<string, string>();
  const tags = new Map<string, string>();
  const size = (): number => metrics.length + params.size + tags.size;
  return {
    size,
    add(batch) {
      for (const metric of batch.metrics ?? []) metrics.push(metric);
      for (const [key, value] of Object.entries(batch.params ?? {})) params.set(key, value);
      for (const [key, value] of Object.entries(batch.tags ?? {})) tags.set(key, value);
    },
    take() {
      if (size() === 0) return undefined;
      const batch = { metrics, params: Object.fromEntries(params), tags: Object.fromEntries(tags) };
      metrics = [];
      params.clear();
      tags.clear();
      return batch;
    },
  };
}
