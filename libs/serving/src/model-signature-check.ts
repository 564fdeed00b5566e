import type { ModelSignature, ModelVersionRef, Preprocessing, TensorSpec } from '@i-drill/core';
import { ServingError } from './errors.js';

/**
 * Throws unless the model takes one tensor `window` [-1, T, F] and gives one tensor `prediction` [-1, 1], with T and F of
 * the preprocessing beside it.
 */
export function checkSignature(ref: ModelVersionRef, signature: ModelSignature, preprocessing: Preprocessing): void {
  const window = `window[-1,${preprocessing.windowLength},${preprocessing.features.length}]`;
  const found = `${describe(signature.inputs)} -> ${describe(signature.outputs)}`;
  const expected = `${window} -> prediction[-1,1]`;
  if (found === expected) return;
  throw new ServingError(
    `Cannot serve "${ref.name}" version ${ref.version}: the model is ${found}, its preprocessing.json says ${expected}; the files are not of one version, download them again`,
    { code: 'SERVING_SIGNATURE_MISMATCH', details: { found, expected, ...ref } },
  );
}

function describe(tensors: readonly TensorSpec[]): string {
  return tensors.map(({ name, shape }) => `${name}[${shape.join(',')}]`).join(', ');
}
