import type { ModelSignature } from '@i-drill/core';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { OnnxError } from './errors.js';
import { readSignature } from './read-signature.js';

/** Windows per run of the runtime: a run blocks the event loop, so large inputs are cut into several. */
const windowsPerRun = 256;

/** A model that is ready to compute. */
export interface OnnxModel {
  /** As read from the file itself. */
  readonly signature: ModelSignature;
  /**
   * One value per window, in target units.
   *
   * @param inputs raw values, shape [count, T, F]. A window with NaN gives NaN, if the model was exported here.
   * @throws OnnxError `ONNX_INPUT_SHAPE` when the values are not `count` whole windows, `ONNX_RUN_FAILED` after `close()`
   * or when the runtime fails.
   */
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
  /** Frees the memory of the runtime. Closing twice is allowed. */
  close(): Promise<void>;
}

/**
 * Opens an ONNX file of one input [N, T, F] and one output [N, 1], on the CPU with one thread.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` when the bytes are no ONNX model or one of another shape.
 */
export async function openModel(onnx: Uint8Array): Promise<OnnxModel> {
  const session = await createSession(onnx);
  try {
    return new SessionModel(session, readSignature(session));
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function createSession(onnx: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(onnx, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (cause) {
    const message = `Cannot open the model: ${onnx.length} bytes are not a model that onnxruntime accepts; export it again`;
    throw new OnnxError(message, { code: 'ONNX_INVALID_MODEL', details: { bytes: onnx.length }, cause });
  }
}

class SessionModel implements OnnxModel {
  readonly signature: ModelSignature;
  private readonly session: InferenceSession;
  private closed = false;

  constructor(session: InferenceSession, signature: ModelSignature) {
    this.session = session;
    this.signature = signature;
  }

  async predict(inputs: Float32Array, count: number): Promise<Float32Array> {
    const [, length, features] = this.signature.inputs[0]!.shape;
    const windowSize = length! * features!;
    checkInput(inputs, count, this.signature);
    const outputs = new Float32Array(count);
    for (let start = 0; start < count; start += windowsPerRun) {
      const end = Math.min(start + windowsPerRun, count);
      const windows = inputs.subarray(start * windowSize, end * windowSize);
      outputs.set(await this.run(windows, [end - start, length!, features!]), start);
    }
    return outputs;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.session.release();
  }

  private async run(windows: Float32Array, shape: number[]): Promise<Float32Array> {
    if (this.closed) throw runFailure('it is closed; open it again');
    try {
      const results = await this.session.run({
        [this.signature.inputs[0]!.name]: new Tensor('float32', windows, shape),
      });
      return results[this.signature.outputs[0]!.name]!.data as Float32Array;
    } catch (cause) {
      throw runFailure('onnxruntime failed', cause);
    }
  }
}

function runFailure(problem: string, cause?: unknown): OnnxError {
  return new OnnxError(`Cannot run the model: ${problem}`, { code: 'ONNX_RUN_FAILED', cause });
}

function checkInput(inputs: Float32Array, count: number, signature: ModelSignature): void {
  const [, length, features] = signature.inputs[0]!.shape;
  if (Number.isInteger(count) && count >= 0 && inputs.length === count * length! * features!) return;
  const message = `Cannot run the model: ${inputs.length} values are not ${count} windows of ${length!} rows and ${features!} features; send count * rows * features values`;
  throw new OnnxError(message, {
    code: 'ONNX_INPUT_SHAPE',
    details: { values: inputs.length, count, windowLength: length, features },
  });
}
