import type { ModelSignature, TensorSpec } from '@i-drill/core';
import type { InferenceSession } from 'onnxruntime-node';
import { OnnxError } from '../errors.js';
import { tensorNames } from '../description/sequence-signature.js';

/** The signature as the file states it; refuses a model that is not one of those in `sequence-signature.ts`. */
export function readSignature(session: InferenceSession): ModelSignature {
  const inputs = session.inputMetadata.map(tensorSpec);
  const outputs = session.outputMetadata.map(tensorSpec);
  if (!areWindows(inputs) || !areAnswers(outputs)) {
    const found = `${describe(inputs)} -> ${describe(outputs)}`;
    const message = `Cannot open the model: its tensors are ${found}, expected one [-1, rows, features] -> one [-1, 1], with or without "lower" and "upper", or "probabilities" [-1, classes]`;
    throw new OnnxError(message, { code: 'ONNX_INVALID_MODEL', details: { inputs, outputs } });
  }
  return { inputs, outputs };
}

function tensorSpec(value: InferenceSession.ValueMetadata): TensorSpec {
  if (!value.isTensor || value.type !== 'float32') {
    const message = `Cannot open the model: "${value.name}" is ${value.isTensor ? value.type : 'no tensor'}, expected float32`;
    throw new OnnxError(message, { code: 'ONNX_INVALID_MODEL' });
  }
  const shape = value.shape.map((size) => (typeof size === 'number' ? size : -1));
  return { name: value.name, dtype: 'float32', shape };
}

function areWindows(inputs: readonly TensorSpec[]): boolean {
  return inputs.length === 1 && isBatchOf(inputs[0]!, [undefined, undefined]);
}

/** One value per window under any name, the same with two bounds, or the probabilities of two classes or more. */
function areAnswers(outputs: readonly TensorSpec[]): boolean {
  const [first] = outputs;
  if (first?.name === tensorNames.probabilities) {
    return outputs.length === 1 && isBatchOf(first, [undefined]) && first.shape[1] !== 1;
  }
  const names = outputs.map(({ name }) => name).join();
  const known = outputs.length === 1 || names === [tensorNames.prediction, tensorNames.lower, tensorNames.upper].join();
  return known && outputs.every((output) => isBatchOf(output, [1]));
}

/** A free first dimension, then the given ones; `undefined` = any fixed size. */
function isBatchOf({ shape: [first, ...rest] }: TensorSpec, sizes: readonly (number | undefined)[]): boolean {
  return (
    first === -1 && rest.length === sizes.length && rest.every((size, i) => size > 0 && size === (sizes[i] ?? size))
  );
}

function describe(tensors: readonly TensorSpec[]): string {
  return tensors.map((tensor) => `"${tensor.name}" [${tensor.shape.join(', ')}]`).join(', ') || 'none';
}
