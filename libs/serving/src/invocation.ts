import { flattenWindows, type WindowShape } from './window-tensor.js';

/** Windows as a caller sent them, flat. */
export interface Invocation {
  /** [count, T, F], row-major, as they were sent: rounding to float32 would shift tied sensor values in the log. */
  readonly inputs: Float64Array;
  readonly count: number;
}

/** What is wrong with a request, in the words and codes of MLflow's scoring server. */
export interface InvocationProblem {
  readonly error_code: 'BAD_REQUEST' | 'INVALID_PARAMETER_VALUE';
  readonly message: string;
}

/** Either the windows of a request or what is wrong with it. */
export type InvocationResult =
  { readonly ok: true; readonly invocation: Invocation } | { readonly ok: false; readonly problem: InvocationProblem };

const tabularForms = ['dataframe_split', 'dataframe_records'];
const tensorForms = ['inputs', 'instances'];

/**
 * Reads the JSON body of `POST /invocations`: exactly one of `inputs` (the tensor [N, T, F], or `{ window: tensor }`) and
 * `instances` (a list of windows [T, F], or of `{ window: [T, F] }`). `params` is accepted and ignored, as MLflow does for a
 * model without parameters. Every value must be a finite number that float32 can hold.
 *
 * @example
 * ```ts
 * import { parseInvocation } from '@i-drill/serving';
 * const shape = { length: 2, features: 1, maxWindows: 10 };
 * parseInvocation({ inputs: [[[1], [2]]] }, shape).ok; // => true
 * parseInvocation({ instances: [{ window: [[1], [null]] }] }, shape); // => { ok: false, problem: { error_code: 'INVALID_PARAMETER_VALUE', message: 'instances[0].window[1][0] is null; every value of a window must be a finite number' } }
 * ```
 */
export function parseInvocation(body: unknown, shape: WindowShape): InvocationResult {
  if (!isRecord(body)) return badRequest('the body must be a JSON object with "inputs" or "instances"');
  const forms = [...tensorForms, ...tabularForms].filter((form) => form in body);
  const [form] = forms;
  if (form === undefined || forms.length > 1) return wrongForms(forms);
  if (tabularForms.includes(form)) return tabular(form, shape);
  if ('params' in body && !isRecord(body['params'])) return badRequest('"params" must be an object');
  return form === 'inputs' ? readInputs(body['inputs'], shape) : readInstances(body['instances'], shape);
}

function readInputs(value: unknown, shape: WindowShape): InvocationResult {
  if (!isRecord(value)) return toResult(flattenWindows(value, 'inputs', shape));
  const problem = namedTensorProblem(value, 'inputs');
  return problem === undefined ? toResult(flattenWindows(value['window'], 'inputs.window', shape)) : invalid(problem);
}

function readInstances(value: unknown, shape: WindowShape): InvocationResult {
  if (!Array.isArray(value)) return invalid(`instances must be a list of windows, not ${typeof value}`);
  const rows: readonly unknown[] = value;
  if (!rows.some(isRecord)) return toResult(flattenWindows(rows, 'instances', shape));
  const windows: unknown[] = [];
  for (const [i, row] of rows.entries()) {
    if (!isRecord(row)) return invalid(`instances[${i}] is not an object { window } as other rows are`);
    const problem = namedTensorProblem(row, `instances[${i}]`);
    if (problem !== undefined) return invalid(problem);
    windows.push(row['window']);
  }
  return toResult(flattenWindows(windows, 'instances', shape, '.window'));
}

function namedTensorProblem(value: Record<string, unknown>, path: string): string | undefined {
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === 'window') return undefined;
  return `${path} names the tensors [${names.join(', ')}]; the model takes exactly one, "window"`;
}

function toResult(flat: Invocation | string): InvocationResult {
  return typeof flat === 'string' ? invalid(flat) : { ok: true, invocation: flat };
}

function wrongForms(forms: readonly string[]): InvocationResult {
  const given = forms.length === 0 ? 'none was given' : `${forms.join(' and ')} were given`;
  return badRequest(`the body must hold exactly one of "inputs" and "instances"; ${given}`);
}

function tabular(form: string, { length, features }: WindowShape): InvocationResult {
  const tensor = `window [-1, ${length}, ${features}]`;
  return invalid(`"${form}" is for models with columns; this model has a tensor signature: send "inputs": ${tensor}`);
}

function badRequest(message: string): InvocationResult {
  return { ok: false, problem: { error_code: 'BAD_REQUEST', message } };
}

function invalid(message: string): InvocationResult {
  return { ok: false, problem: { error_code: 'INVALID_PARAMETER_VALUE', message } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
