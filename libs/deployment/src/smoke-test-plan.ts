import type { ModelSignature, Preprocessing } from '@i-drill/core';
import type { SmokeTest } from './smoke-test.js';

/** One window of raw sensor values, shape [T][F]. */
export type WindowExample = readonly (readonly number[])[];

/**
 * What a model server must do before it sees traffic: answer its health check, predict the model's own input example, and
 * refuse a request that is no window. Windows go to the model server as `{ "inputs": [window] }`.
 *
 * @throws RangeError when the example does not have the shape the model takes
 *
 * @example
 * ```ts
 * import { smokeTestPlan } from '@i-drill/deployment';
 * const signature = {
 *   inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 2, 1] }],
 *   outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
 * } as const;
 * const preprocessing = {
 *   formatVersion: 1,
 *   task: 'remaining-useful-life',
 *   features: [{ name: 'torque', unit: 'kN m' }],
 *   target: { name: 'remaining', unit: 'h' },
 *   windowLength: 2,
 *   padding: 'repeat-first-row',
 *   featureScaler: { mean: [0], scale: [1] },
 *   targetScaler: { mean: [0], scale: [1] },
 * } as const;
 * smokeTestPlan(signature, preprocessing, [[1], [2]]).map((test) => test.expectStatus); // => [200, 200, 400]
 * ```
 */
export function smokeTestPlan(
  signature: ModelSignature,
  preprocessing: Preprocessing,
  example: WindowExample,
): SmokeTest[] {
  requireWindow(signature, preprocessing, example);
  return [
    { name: 'answers its health check', method: 'GET', path: '/health', expectStatus: 200 },
    {
      name: 'predicts the input example',
      method: 'POST',
      path: '/invocations',
      body: { inputs: [example] },
      expectStatus: 200,
      expectFinitePrediction: true,
    },
    {
      name: 'refuses a window without rows',
      method: 'POST',
      path: '/invocations',
      body: { inputs: [[]] },
      expectStatus: 400,
    },
  ];
}

function requireWindow(
  { inputs }: ModelSignature,
  { windowLength, features }: Preprocessing,
  example: WindowExample,
): void {
  const shape = [-1, windowLength, features.length];
  const declared = inputs[0]?.shape ?? [];
  if (declared.join() !== shape.join()) {
    throw new RangeError(
      `Cannot plan smoke tests: the model takes [${declared.join(', ')}], not [${shape.join(', ')}]`,
    );
  }
  const fits = example.length === windowLength && example.every((row) => row.length === features.length);
  if (!fits || !example.flat().every(Number.isFinite)) {
    throw new RangeError(
      `Cannot plan smoke tests: the input example is not a window of ${windowLength} rows of ${features.length} finite values`,
    );
  }
}
