import type { Paged } from '../api/paged.js';
import type { CreateRun, DatasetSummary, Run, RunMethods, RunSearch } from '../api/runs.js';
import { filterText } from '../search/filter-builder.js';
import { callApi, type RestContext } from './api.js';
import { getRun } from './get-run.js';
import { byRequestId, createOnce, recoverChange } from './once.js';
import { pageSizes, restPaged, searchAction } from './pages.js';
import { parts } from './parts.js';
import { restRunContent } from './run-content.js';
import { toDatasetSummary } from './wire/dataset.js';
import { toRun } from './wire/run.js';
import { wireList, type Wire } from './wire/values.js';

const experimentsPerCall = 20;
const mostDatasets = 1000; // what a server gives for one call

/** The runs of a server. */
export function restRuns(context: RestContext): RunMethods {
  return { ...lifeOfRuns(context), ...restRunContent(context) };
}

function lifeOfRuns(context: RestContext): Omit<RunMethods, keyof ReturnType<typeof restRunContent>> {
  return {
    createRun: (run) => createRun(context, run),
    getRun: (runId) => getRun(context, runId),
    async updateRun(runId, { status, endTime, runName }) {
      const body = { run_id: runId, status, end_time: endTime, run_name: runName };
      await callApi(context, { route: 'updateRun', body, action: `update run "${runId}"` });
    },
    async deleteRun(runId) {
      const recover = recoverChange(async () => (await getRun(context, runId)).lifecycleStage === 'deleted');
      const call = { route: 'deleteRun', body: { run_id: runId }, action: `delete run "${runId}"` } as const;
      await callApi(context, { ...call, recover });
    },
    async restoreRun(runId) {
      const recover = recoverChange(async () => (await getRun(context, runId)).lifecycleStage === 'active');
      const call = { route: 'restoreRun', body: { run_id: runId }, action: `restore run "${runId}"` } as const;
      await callApi(context, { ...call, recover });
    },
    searchRuns: (search) => searchRuns(context, search),
    searchDatasets: (experimentIds) => searchDatasets(context, experimentIds),
  };
}

async function createRun(
  context: RestContext,
  { experimentId, runName, startTime = Date.now(), tags }: CreateRun,
): Promise<Run> {
  const answer = await createOnce(context, {
    call: { route: 'createRun', action: `create a run in experiment "${experimentId}"` },
    part: 'run',
    body: { experiment_id: experimentId, run_name: runName, start_time: startTime }, // left out, it would be 1970
    tags,
    find: (requestId) => findMade(context, experimentId, requestId),
  });
  return toRun(answer);
}

async function findMade(context: RestContext, experimentId: string, requestId: string): Promise<Wire | undefined> {
  const search = { experiment_ids: [experimentId], filter: byRequestId(requestId), run_view_type: 'ALL' };
  const call = { route: 'searchRuns', action: 'find the run that was created' } as const;
  const answer = await callApi(context, { ...call, body: { ...search, max_results: 1 } });
  return wireList(answer['runs'])[0];
}

function searchRuns(context: RestContext, search: RunSearch): Paged<Run> {
  const { experimentIds, orderBy, viewType = 'ACTIVE_ONLY' } = search;
  const filter = filterText(search.filter);
  const body = { experiment_ids: experimentIds, filter, order_by: orderBy, run_view_type: viewType };
  return restPaged({
    ask: (page) =>
      callApi(context, { route: 'searchRuns', body: { ...body, ...page }, action: searchAction('runs', filter) }),
    part: 'runs',
    convert: (items) => items.map(toRun),
    sizes: pageSizes.runs,
  });
}

async function searchDatasets(context: RestContext, experimentIds: readonly string[]): Promise<DatasetSummary[]> {
  const found: DatasetSummary[] = [];
  for (const part of parts(experimentIds, experimentsPerCall)) {
    const call = { route: 'searchDatasets', action: 'search datasets' } as const;
    const answer = await callApi(context, { ...call, body: { experiment_ids: part } });
    found.push(...wireList(answer['dataset_summaries']).map(toDatasetSummary));
  }
  return found.slice(0, mostDatasets);
}
