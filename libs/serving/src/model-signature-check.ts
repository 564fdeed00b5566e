import type { ModelSignature, ModelVersionRef, Preprocessing, TensorSpec } from '@i-drill/core';
import { ServingError } from './errors.js';

/**
 * Throws unless the model takes one tensor `window` [-1, T, F] and gives `prediction` [-1, 1], with or without the ends of
 * its interval, `lower` and `upper` [-1, 1]; or `probabilities` [-1, C] of C classes. T, F and C are those of the preprocessing
 * beside it.
 */
export function checkSignature(ref: ModelVersionRef, signature: ModelSignature, preprocessing: Preprocessing): void {
  const window = `window[-1,${preprocessing.windowLength},${preprocessing.features.length}]`;
  const found = `${describe(signature.inputs)} -> ${describe(signature.outputs)}`;
  const expected = expectedOutputs(preprocessing).map((outputs) => `${window} -> ${outputs}`);
  if (expected.includes(found)) return;
  throw new ServingError(
    `Cannot serve "${ref.name}" version ${ref.version}: the model is ${found}, its preprocessing.json says ${expected.join(' or ')}; the files are not of one version, download them again`,
    { code: 'SERVING_SIGNATURE_MISMATCH', details: { found, expected, ...ref } },
  );
}

function expectedOutputs({ classes }: Preprocessing): string[] {
  if (classes) return [`probabilities[-1,${classes.length}]`];
  return ['prediction[-1,1]', 'prediction[-1,1], lower[-1,1], upper[-1,1]'];
}

function describe(tensors: readonly TensorSpec[]): string {
  return tensors.map(({ name, shape }) => `${name}[${shape.join(',')}]`).join(', ');
}
