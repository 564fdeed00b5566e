import { Worker } from 'node:worker_threads';
import type { EnvironmentSpec } from '@i-drill/core';
import { drillingModel, type DrillingOptions } from '@i-drill/drilling';
import { joinRollouts, type CollectorOptions, type Rollout, type RolloutCollector } from '@i-drill/training/agents';
import type { RolloutThreadData, ThreadAnswer, ThreadRequest } from './rollout-messages.js';

/** Wells that are drilled in several threads. */
export interface ThreadedCollectorOptions extends Pick<CollectorOptions, 'layers' | 'seed'> {
  readonly environment: DrillingOptions;
  /** Places in all. */
  readonly count: number;
  readonly threads: number;
}

/** Collects in threads until it is closed. */
export interface ThreadedCollector extends RolloutCollector {
  readonly close: () => Promise<void>;
}

/** The same rollouts as `localCollector` makes, whatever the number of threads: a place draws by its own number. */
export function threadedCollector(options: ThreadedCollectorOptions): ThreadedCollector {
  const { environment, count, layers, seed } = options;
  const spec: EnvironmentSpec = drillingModel(environment).spec;
  const threads = shares(count, Math.min(options.threads, count)).map(([firstPlace, places]) =>
    startThread({ environment, layers, seed, firstPlace, count: places }),
  );
  const counts = threads.map((thread) => thread.count);
  return {
    spec,
    count,
    async collect(rollout) {
      const parts = await Promise.all(threads.map((thread) => thread.ask({ kind: 'collect', rollout })));
      return joinRollouts(parts as Rollout[]);
    },
    async snapshot() {
      const parts = (await Promise.all(threads.map((thread) => thread.ask({ kind: 'snapshot' })))) as Float64Array[];
      return Float64Array.from(parts.flatMap((part) => Array.from(part)));
    },
    async restore(snapshot) {
      const perPlace = snapshot.length / count;
      let before = 0;
      await Promise.all(
        threads.map((thread, i) => {
          const own = snapshot.slice(before * perPlace, (before + counts[i]!) * perPlace);
          before += counts[i]!;
          return thread.ask({ kind: 'restore', snapshot: own });
        }),
      );
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** First place and number of places of each thread; the first threads take what is left over. */
function shares(count: number, threads: number): [first: number, count: number][] {
  const least = Math.floor(count / threads);
  let first = 0;
  return Array.from({ length: threads }, (_, i) => {
    const own = least + (i < count % threads ? 1 : 0);
    first += own;
    return [first - own, own];
  });
}

type Question = ThreadRequest extends infer Request ? (Request extends unknown ? Omit<Request, 'id'> : never) : never;

interface RolloutThread {
  readonly count: number;
  ask(question: Question): Promise<unknown>;
  close(): Promise<void>;
}

function startThread(data: RolloutThreadData): RolloutThread {
  const worker = new Worker(new URL('../../bin/rollout-worker.mjs', import.meta.url), { workerData: data });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
  let questions = 0;
  let failure: Error | undefined;
  worker.on('message', ({ id, result, error }: ThreadAnswer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(error);
  });
  worker.on('error', (error) => {
    failure = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return {
    count: data.count,
    ask(question) {
      if (failure !== undefined) return Promise.reject(failure);
      const id = questions++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, ...question });
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}
