import type { Told } from './face-answers.js';

type Answer = Pick<Told, 'status' | 'answer'>;

/** What the face is meant to answer where it differs from a server, with the reason. */
export const differences: Readonly<Record<string, Answer>> = {
  // Deleting what is not there is no error of any store of this library. The step comes twice; the first time both answer so.
  'POST experiments/delete-experiment-tag {"experiment_id":"$exp","key":"b"}': { status: 200, answer: {} },
  // The server passes on the message of its database.
  'POST runs/create {"start_time":1000}': { status: 400, answer: { error_code: 'INVALID_PARAMETER_VALUE' } },
  // The server answers with an empty text, or with `{}` when it runs without uvicorn.
  'PUT /api/2.0/mlflow-artifacts/artifacts/$exp/$run/artifacts/d/a%20b.txt': { status: 200, answer: {} },
  'PUT /api/2.0/mlflow-artifacts/artifacts/$exp/$run/artifacts/empty': { status: 200, answer: {} },
  'PUT /api/2.0/mlflow-artifacts/artifacts/$exp/models/$model/artifacts/MLmodel': { status: 200, answer: {} },
  // Errors of the server's artifact router have another form.
  'GET /api/2.0/mlflow-artifacts/artifacts/$exp/$run/artifacts/d': {
    status: 400,
    answer: { error_code: 'INVALID_PARAMETER_VALUE' },
  },
  // The server wants the run named before it looks for the model.
  'POST model-versions/create {"name":"none","source":"runs:/$run/d"}': {
    status: 404,
    answer: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
  },
  // The store follows `runs:/` to the folder of the run; the server leaves that to the client.
  'GET model-versions/get-download-uri?name=m&version=1': {
    status: 200,
    answer: { artifact_uri: 'mlflow-artifacts:/1/$run/artifacts/d' },
  },
  // A page of HTML.
  'GET nonsense': { status: 404, answer: { error_code: 'ENDPOINT_NOT_FOUND' } },
};

/**
 * An answer without what differs everywhere: the words of errors, the workspace (this store has none), `run_link` (it keeps none), aliases in
 * lists of versions (servers leave them out), and outputs that are empty.
 */
export function withoutKnown(told: Answer | undefined): Answer | undefined {
  return told && { status: told.status, answer: stripped(told.answer, true) };
}

const unkept = new Set(['workspace', 'run_link']);

function stripped(value: unknown, isAlone: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => stripped(item, false));
  if (typeof value !== 'object' || value === null) return value;
  if ('error_code' in value) return { error_code: value.error_code };
  const entries = Object.entries(value).filter(([key, item]) => {
    if (key === 'aliases') return isAlone;
    return !unkept.has(key) && !(key === 'outputs' && JSON.stringify(item) === '{}');
  });
  return Object.fromEntries(entries.map(([key, item]) => [key, stripped(item, isAlone)]));
}
