import { AppError } from '@i-drill/core';

/**
 * `ONNX_INVALID_MODEL`: bytes that are no model, a model of another shape, or weights that do not fit together.
 * `ONNX_INPUT_SHAPE`: the values handed over are not whole windows. `ONNX_RUN_FAILED`: the runtime refused to compute.
 */
export type OnnxErrorCode = 'ONNX_INVALID_MODEL' | 'ONNX_INPUT_SHAPE' | 'ONNX_RUN_FAILED';

/** A model that cannot be written, opened or run. */
export class OnnxError extends AppError<OnnxErrorCode> {
  override readonly name = 'OnnxError';
}

/** The error for a model that cannot be written. */
export function exportRefusal(problem: string, details: Readonly<Record<string, unknown>> = {}): OnnxError {
  return new OnnxError(`Cannot export the model: ${problem}`, { code: 'ONNX_INVALID_MODEL', details });
}
