import type { ModelSignature, TensorSpec } from '@i-drill/core';
import type { InferenceSession } from 'onnxruntime-node';
import { OnnxError } from './errors.js';

/** The signature as the file states it; refuses a model that is not [N, T, F] -> [N, 1] in float32. */
export function readSignature(session: InferenceSession): ModelSignature {
  const inputs = session.inputMetadata.map(tensorSpec);
  const outputs = session.outputMetadata.map(tensorSpec);
  if (!hasShape(inputs, [undefined, undefined]) || !hasShape(outputs, [1])) {
    const found = `${describe(inputs)} -> ${describe(outputs)}`;
    const message = `Cannot open the model: its tensors are ${found}, expected one [-1, rows, features] -> one [-1, 1]`;
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

/** One tensor with a free first dimension, then the given ones; `undefined` = any fixed size. */
function hasShape(tensors: readonly TensorSpec[], sizes: readonly (number | undefined)[]): boolean {
  const [first, ...rest] = tensors[0]?.shape ?? [];
  return (
    tensors.length === 1 &&
    first === -1 &&
    rest.length === sizes.length &&
    rest.every((size, i) => size > 0 && size === (sizes[i] ?? size))
  );
}

function describe(tensors: readonly TensorSpec[]): string {
  return tensors.map((tensor) => `"${tensor.name}" [${tensor.shape.join(', ')}]`).join(', ') || 'none';
}
