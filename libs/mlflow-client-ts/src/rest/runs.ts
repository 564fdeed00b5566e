import type { Metric } from '../api/metrics.js';
import type { CreateRun, DatasetInput, Run, RunMethods, RunSearch } from '../api/runs.js';
import { orderPoints } from '../metric-points.js';
import { loggedModelInfo } from '../model/logged-model-info.js';
import { callApi, callForObject } from './api.js';
import { splitBatch } from './batches.js';
import type { Http } from './http.js';
import { collectPages } from './pages.js';
import { toMetric, toPairs, toRun, wireList } from './wire.js';

const runsPerPage = 1000;
const metricsPerPage = 25_000;
const datasetsPerCall = 1000;

/** The runs of a server. */
export function restRuns(http: Http): RunMethods {
  return {
    createRun: (run) => createRun(http, run),
    getRun: (runId) => getRun(http, runId),
    async updateRun(runId, { status, endTime, runName }) {
      const body = { run_id: runId, status, end_time: endTime, run_name: runName };
      await post(http, 'runs/update', body, `update run "${runId}"`);
    },
    async logBatch(runId, batch) {
      for (const body of splitBatch(batch)) {
        await post(http, 'runs/log-batch', { run_id: runId, ...body }, `log to run "${runId}"`);
      }
    },
    async logInputs(runId, datasets) {
      for (let start = 0; start < datasets.length; start += datasetsPerCall) {
        const part = datasets.slice(start, start + datasetsPerCall).map(fromDatasetInput);
        await post(http, 'runs/log-inputs', { run_id: runId, datasets: part }, `log datasets to run "${runId}"`);
      }
    },
    getMetricHistory: (runId, key) => getMetricHistory(http, runId, key),
    searchRuns: (search) => searchRuns(http, search),
    async recordModel(runId, mlmodel) {
      const body = { run_id: runId, model_json: JSON.stringify(loggedModelInfo(mlmodel)) };
      // It appends to a list: a repeated call could list the model twice.
      await callApi(http, {
        method: 'POST',
        path: 'runs/log-model',
        body,
        action: `log a model to run "${runId}"`,
        isIdempotent: false,
      });
    },
  };
}

async function post(http: Http, path: string, body: object, action: string): Promise<void> {
  await callApi(http, { method: 'POST', path, body, action, isIdempotent: true });
}

async function createRun(http: Http, { experimentId, runName, startTime, tags = {} }: CreateRun): Promise<Run> {
  const body = { experiment_id: experimentId, run_name: runName, start_time: startTime, tags: toPairs(tags) };
  const action = `create a run in experiment "${experimentId}"`;
  // A repeated call would make a second run.
  return toRun(
    await callForObject(http, { method: 'POST', path: 'runs/create', body, action, isIdempotent: false }, 'run'),
  );
}

async function getRun(http: Http, runId: string): Promise<Run> {
  const call = { method: 'GET', path: 'runs/get', query: { run_id: runId } } as const;
  return toRun(await callForObject(http, { ...call, action: `get run "${runId}"`, isIdempotent: true }, 'run'));
}

async function getMetricHistory(http: Http, runId: string, key: string): Promise<Metric[]> {
  const query = { run_id: runId, metric_key: key };
  const action = `get metric "${key}" of run "${runId}"`;
  const call = { method: 'GET', path: 'metrics/get-history', action, isIdempotent: true } as const;
  const points = await collectPages(
    (page) => callApi(http, { ...call, query: { ...query, ...page } }),
    (answer) => wireList(answer['metrics']),
    { pageSize: metricsPerPage },
  );
  if (points.length === 0) await getRun(http, runId); // of an unknown run a server says only that it has no points
  return orderPoints(points.map(toMetric));
}

async function searchRuns(http: Http, { experimentIds, filter, maxResults, orderBy }: RunSearch): Promise<Run[]> {
  const search = { experiment_ids: experimentIds, filter, order_by: orderBy, run_view_type: 'ACTIVE_ONLY' };
  const runs = await collectPages(
    (page) =>
      callApi(http, {
        method: 'POST',
        path: 'runs/search',
        body: { ...search, ...page },
        action: `search runs${filter === undefined ? '' : ` with filter ${JSON.stringify(filter)}`}`,
        isIdempotent: true,
      }),
    (answer) => wireList(answer['runs']),
    { pageSize: runsPerPage, limit: maxResults },
  );
  return runs.map(toRun);
}

function fromDatasetInput({ context, sourceType, ...dataset }: DatasetInput): object {
  return {
    dataset: { ...dataset, source_type: sourceType },
    tags: context === undefined ? [] : [{ key: 'mlflow.data.context', value: context }],
  };
}
