import { smokeTestRig, type ArmHandle, type SmokeTest, type SmokeTestResult } from '@i-drill/deployment';
import { request } from 'undici';
import { reasonOf } from './probe-server.js';

/** Sends one request straight to a server and holds the answer against what is expected. */
export async function runSmokeTest({ url }: ArmHandle, test: SmokeTest, timeoutMs: number): Promise<SmokeTestResult> {
  try {
    const answer = await request(`${url}${test.path}`, {
      method: test.method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'x-rig-id': smokeTestRig },
      ...(test.body === undefined ? {} : { body: JSON.stringify(test.body) }),
    });
    const text = await answer.body.text();
    const problem = problemOf(test, answer.statusCode, text);
    return { passed: problem === undefined, reason: `${test.name}: ${problem ?? `answered ${answer.statusCode}`}` };
  } catch (error) {
    return { passed: false, reason: `${test.name}: ${reasonOf(error, timeoutMs)}` };
  }
}

function problemOf(test: SmokeTest, statusCode: number, text: string): string | undefined {
  if (statusCode !== test.expectStatus) {
    return `answered ${statusCode}, expected ${test.expectStatus}: ${text.slice(0, 200)}`;
  }
  return test.expectFinitePrediction === true ? predictionProblem(text, windowCount(test.body)) : undefined;
}

function predictionProblem(text: string, windows: number | undefined): string | undefined {
  const columns = columnsOf(text);
  if (columns.length === 0) return `the answer holds no predictions: ${text.slice(0, 200)}`;
  const other = columns.find((column) => windows !== undefined && column.length !== windows);
  if (other !== undefined) return `the answer holds ${other.length} predictions for ${windows} windows`;
  const isFinite = columns.every((column) => column.length > 0 && column.flat().every(Number.isFinite));
  return isFinite ? undefined : `a prediction is not a finite number: ${text.slice(0, 200)}`;
}

/** Every output of the model: the prediction and the ends of its interval, or the probabilities of classes. */
function columnsOf(text: string): (readonly unknown[])[] {
  try {
    const body = JSON.parse(text) as { predictions?: Record<string, unknown> } | null;
    const { predictions = {} } = body ?? {};
    const columns = Object.values(predictions);
    const isAnswer = 'prediction' in predictions || 'probabilities' in predictions;
    return isAnswer && columns.every((column) => Array.isArray(column)) ? columns : [];
  } catch {
    return [];
  }
}

/** Windows in a scoring request, where it can be seen: `inputs`, `inputs.window` or `instances`. */
function windowCount(body: unknown): number | undefined {
  const { inputs, instances } = (body ?? {}) as { inputs?: unknown; instances?: unknown };
  const windows = [instances, inputs, (inputs as { window?: unknown } | undefined)?.window].find(Array.isArray);
  return windows?.length;
}
