import type { RunBatch } from '../api/runs.js';
import { decodeOperation } from './journal-line.js';
import { readJournal, type JournalPosition } from './journal-reader.js';
import { withStoreIds, type ResolveOfflineRun } from './offline-ids.js';
import type { RunOperation } from './operation.js';

// What one call of a server takes.
const limits = { metrics: 1000, params: 100, tags: 100 } as const;

/** Operations that are sent together: one of any kind, or several small batches as one. */
export interface OperationGroup {
  readonly operation: RunOperation;
  /** Number of the first of them. */
  readonly firstSeq: number;
  /** After the last of them. */
  readonly end: JournalPosition;
}

/** The next operations of a journal; `undefined` at its end. */
export async function readGroup(
  journal: string,
  from: JournalPosition,
  resolve: ResolveOfflineRun,
): Promise<OperationGroup | undefined> {
  let group: OperationGroup | undefined;
  for await (const { seq, text, end } of readJournal(journal, from)) {
    const operation = decodeOperation(await withStoreIds(text, resolve));
    const joined = group === undefined ? operation : join(group.operation, operation);
    if (joined === undefined) return group;
    group = { operation: joined, firstSeq: group?.firstSeq ?? seq, end: { seq, offset: end } };
    if (operation.type !== 'logBatch') return group;
  }
  return group;
}

/** Both as one; `undefined` when they must stay apart. */
function join(first: RunOperation, second: RunOperation): RunOperation | undefined {
  if (first.type !== 'logBatch' || second.type !== 'logBatch') return undefined;
  const batch = joinBatches(first.batch, second.batch);
  return batch === undefined ? undefined : { type: 'logBatch', batch };
}

function joinBatches(first: RunBatch, second: RunBatch): RunBatch | undefined {
  const { metrics = [], params = {}, tags = {} } = first;
  if (Object.entries(second.params ?? {}).some(([key, value]) => (params[key] ?? value) !== value)) return undefined;
  const batch = {
    metrics: [...metrics, ...(second.metrics ?? [])],
    params: { ...params, ...second.params },
    tags: { ...tags, ...second.tags },
  };
  return isSmall(batch) ? batch : undefined;
}

function isSmall({ metrics = [], params = {}, tags = {} }: RunBatch): boolean {
  const counts = { metrics: metrics.length, params: Object.keys(params).length, tags: Object.keys(tags).length };
  const total = counts.metrics + counts.params + counts.tags;
  return (
    counts.metrics <= limits.metrics && counts.params <= limits.params && counts.tags <= limits.tags && total <= 1000
  );
}
