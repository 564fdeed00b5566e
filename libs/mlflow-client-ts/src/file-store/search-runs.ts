import { existsSync } from 'node:fs';
import type { Paged } from '../api/paged.js';
import type { Run, RunSearch } from '../api/runs.js';
import { filterText } from '../search/filter-builder.js';
import { parseFilter } from '../search/filter.js';
import { matcherOf, type Value } from '../search/match.js';
import { compareBy, parseOrder } from '../search/order.js';
import { findExperiment } from './experiment-folder.js';
import { inSlices } from './in-slices.js';
import { metaFile } from './layout.js';
import { metaText, parseMeta } from './meta.js';
import { pagedSlices } from './paged-list.js';
import { readRun } from './read-run.js';
import { listRunIds, runStageOf, type RunFolder } from './run-folder.js';
import { runFileValues } from './run-values.js';
import type { StoreContext } from './store-context.js';
import { isInView } from './view.js';

const mostRuns = 50_000; // of one page, as on a server

/**
 * Finds runs. Of every run is read what the filter and the order ask for, and again only when its file changed; only the runs of the page are read
 * whole. No more than some milliseconds pass between two turns of the event loop.
 */
export function searchRuns(context: StoreContext, search: RunSearch): Paged<Run> {
  return pagedSlices(async (offset, length) => {
    const found = await findRuns(context, search);
    const items: Run[] = [];
    await inSlices(found.slice(offset, offset + length), (run) => {
      const whole = readRun(run);
      if (existsSync(run.path)) items.push(whole); // else it was moved while it was read, and is not whole
    });
    return { items, hasMore: found.length > offset + length };
  }, mostRuns);
}

async function findRuns(
  context: StoreContext,
  { filter, orderBy, viewType, ...search }: RunSearch,
): Promise<RunFolder[]> {
  const valuesOf = runFileValues(context.cache);
  const matches = matcherOf(parseFilter('runs', filterText(filter) ?? ''), valuesOf);
  const orders = parseOrder('runs', orderBy);
  const hits: { readonly run: RunFolder; readonly keys: readonly (Value | undefined)[] }[] = [];
  for (const experimentId of new Set(search.experimentIds)) {
    const experiment = findExperiment(context, experimentId);
    if (experiment === undefined) continue;
    await inSlices(listRunIds(experiment.path), (runId) => {
      const run = runOf(context, experiment.path, runId);
      if (run === undefined || !isInView(runStageOf(run), viewType) || !matches(run)) return;
      hits.push({ run, keys: orders.map(({ identifier }) => valuesOf(run, identifier)[0]) });
    });
  }
  return hits.sort((a, b) => compareBy(orders, a.keys, b.keys)).map(({ run }) => run);
}

function runOf({ cache }: StoreContext, experimentPath: string, runId: string): RunFolder | undefined {
  const path = `${experimentPath}/${runId}`;
  const file = `${path}/${metaFile}`;
  const meta = cache.read(file, (text) => parseMeta(file, text));
  return meta !== undefined && metaText(meta, 'run_id') === runId ? { path, experimentPath, meta } : undefined;
}
