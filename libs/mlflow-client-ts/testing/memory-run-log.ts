import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RunBatch } from '../src/api/runs.js';
import type { RunOperation } from '../src/spool/operation.js';
import type { OperationResult, RunLog } from '../src/spool/run-log.js';

/** A journal in memory, and what was asked of it. */
export interface MemoryRunLog {
  readonly log: RunLog;
  readonly operations: RunOperation[];
  readonly blobs: Map<string, string>;
  /** `append`, `flush`, `drain`, … in order; `append` with the type of the operation. */
  readonly calls: string[];
  /** What the next `perform` gives; `undefined` for a store that is out of reach. */
  result: OperationResult | undefined;
  /** Thrown by `append` while it is there, as a full disk does. */
  fault: Error | undefined;
  /** Thrown by `drain`, as what the store refuses is. */
  refusal: Error | undefined;
  /** All batches as one. */
  batch(): Required<RunBatch>;
  /** Content of the uploaded file of that path, the last one. */
  content(path: string): string | undefined;
}

/** A journal for tests of what is written to it. */
export function memoryRunLog(runId = 'r1'): MemoryRunLog {
  const operations: RunOperation[] = [];
  const blobs = new Map<string, string>();
  const calls: string[] = [];
  const append = (operation: RunOperation): void => {
    if (memory.fault !== undefined) throw memory.fault;
    calls.push(`append ${operation.type}`);
    operations.push(operation);
  };
  const putBlob = (content: Uint8Array | string): string => {
    const blob = createHash('sha256').update(content).digest('hex');
    blobs.set(blob, Buffer.from(content).toString());
    return blob;
  };
  const note = (call: string): Promise<void> => {
    calls.push(call);
    return Promise.resolve();
  };
  const memory: MemoryRunLog = {
    operations,
    blobs,
    calls,
    result: {},
    fault: undefined,
    refusal: undefined,
    log: {
      runId,
      append,
      putBlob,
      putBlobFile: async (localFile) => putBlob(await readFile(localFile)),
      flush: () => note('flush'),
      flushSync: () => void calls.push('flushSync'),
      perform(operation) {
        append(operation);
        return Promise.resolve(memory.result);
      },
      async drain() {
        await note('drain');
        if (memory.refusal !== undefined) throw memory.refusal;
        return true;
      },
      close: () => note('close'),
    },
    batch() {
      const batches = operations.flatMap((operation) => (operation.type === 'logBatch' ? [operation.batch] : []));
      return {
        metrics: batches.flatMap(({ metrics = [] }) => metrics),
        params: Object.assign({}, ...batches.map(({ params }) => params)) as Record<string, string>,
        tags: Object.assign({}, ...batches.map(({ tags }) => tags)) as Record<string, string>,
      };
    },
    content(path) {
      const uploads = operations.flatMap((each) =>
        each.type === 'uploadArtifact' && each.path === path ? [each.blob] : [],
      );
      return blobs.get(uploads.at(-1) ?? '');
    },
  };
  return memory;
}
