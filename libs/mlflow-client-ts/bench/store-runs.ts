import type { MlflowClient } from '../src/index.js';

/** Metrics, params and tags of each run; `store_peer.py` has the same. */
export const [metricsPerRun, paramsPerRun, tagsPerRun] = [5, 5, 3];

const startTime = 1_700_000_000_000;

/** A search that is timed. */
export interface TimedSearch {
  readonly name: 'metric' | 'tag';
  readonly filter: string;
  readonly orderBy: readonly string[];
}

/** The first hundred runs by a metric, and by a tag. */
export const searches: readonly TimedSearch[] = [
  { name: 'metric', filter: 'metrics.m0 > 0.5', orderBy: ['metrics.m1 ASC'] },
  { name: 'tag', filter: "tags.t0 = 'v3'", orderBy: [] },
];

/** How many runs a search gives. */
export const pageSize = 100;

// A sequence without pattern that is the same in every language: the fractions of a fast sine.
function metricOf(run: number, index: number): number {
  const x = Math.sin(run * 12.9898 + index * 78.233) * 43758.5453;
  return x - Math.floor(x);
}

function record<T>(length: number, entry: (index: number) => [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({ length }, (_, index) => entry(index)));
}

/** Makes runs one after the other. */
export async function makeRuns(client: MlflowClient, experimentId: string, from: number, to: number): Promise<void> {
  for (let run = from; run < to; run++) {
    const tags = record(tagsPerRun, (index) => [`t${index}`, `v${(run + index) % 10}`]);
    const { runId } = await client.createRun({ experimentId, runName: `r${run}`, startTime: startTime + run, tags });
    const metrics = Array.from({ length: metricsPerRun }, (_, index) => {
      return { key: `m${index}`, value: metricOf(run, index), timestamp: startTime, step: 0 };
    });
    await client.logBatch(runId, { metrics, params: record(paramsPerRun, (index) => [`p${index}`, `v${run % 7}`]) });
  }
}

/** How long something took: on the clock, and of the processors, which counts on a machine that others use as well. */
export interface Timing {
  readonly ms: number;
  readonly processorMs: number;
}

/** Does work and times it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly timing: Timing; readonly result: T }> {
  const [start, processorStart] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(processorStart);
  return { timing: { ms: performance.now() - start, processorMs: (user + system) / 1000 }, result };
}

/** The names of the runs that a search gives. */
export async function searchOnce(client: MlflowClient, experimentId: string, search: TimedSearch): Promise<string[]> {
  const { filter, orderBy } = search;
  const found = client.searchRuns({ experimentIds: [experimentId], filter, orderBy });
  return (await found.page({ maxResults: pageSize })).items.map(({ runName }) => runName);
}
