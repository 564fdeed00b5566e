import type { ModelSignature } from '@i-drill/core';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { OnnxError } from '../errors.js';
import { sequenceSignature } from '../description/sequence-signature.js';
import type { ModelMetadata } from '../description/model-metadata.js';
import { readMetadata } from '../description/read-metadata.js';
import { createSession } from './create-session.js';
import { toPredictions, type Predictions } from './predictions.js';
import { readSignature } from './read-signature.js';

/** Windows per run of the runtime: a run blocks the event loop, so large inputs are cut into several. */
const windowsPerRun = 256;

/** A model that is ready to compute. */
export interface OnnxModel {
  /** As read from the file itself. */
  readonly signature: ModelSignature;
  /** What the file says about itself; `undefined` where it was not exported by this library. */
  readonly metadata: ModelMetadata | undefined;
  /**
   * One value per window, in target units; of classes the index of the most probable one.
   *
   * @param inputs raw values, shape [count, T, F]. A window with NaN gives NaN, if the model was exported here.
   * @throws OnnxError `ONNX_INPUT_SHAPE` when the values are not `count` whole windows, `ONNX_RUN_FAILED` after `close()`
   * or when the runtime fails.
   */
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
  /** The same with everything else the model gives: the bounds of its interval, or the probabilities of its classes. */
  predictAll(inputs: Float32Array, count: number): Promise<Predictions>;
  /** Frees the memory of the runtime. Closing twice is allowed. */
  close(): Promise<void>;
}

/**
 * Opens an ONNX file of one input [N, T, F] and one output [N, 1], with or without an interval, or of probabilities [N, C],
 * on the CPU with one thread.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` when the bytes are no ONNX model, one of another shape, or one whose metadata
 * describe another.
 *
 * @example
 * ```ts
 * import { openModel } from '@i-drill/onnx';
 * await openModel(Uint8Array.of(1, 2, 3)).catch(({ code }) => code); // => 'ONNX_INVALID_MODEL'
 * ```
 */
export async function openModel(onnx: Uint8Array): Promise<OnnxModel> {
  const session = await createSession(onnx);
  try {
    const signature = readSignature(session);
    const metadata = readMetadata(onnx);
    if (metadata) checkAgreement(signature, metadata);
    return new SessionModel(session, { signature, metadata });
  } catch (error) {
    await session.release();
    throw error;
  }
}

function checkAgreement(signature: ModelSignature, { preprocessing, interval }: ModelMetadata): void {
  const described = sequenceSignature(preprocessing, interval);
  if (JSON.stringify(described) === JSON.stringify(signature)) return;
  const message = 'Cannot open the model: its metadata describe other tensors than it has; export it again';
  throw new OnnxError(message, { code: 'ONNX_INVALID_MODEL', details: { described, signature } });
}

class SessionModel implements OnnxModel {
  readonly signature: ModelSignature;
  readonly metadata: ModelMetadata | undefined;
  private readonly session: InferenceSession;
  private closed = false;

  constructor(session: InferenceSession, facts: Pick<OnnxModel, 'signature' | 'metadata'>) {
    this.session = session;
    this.signature = facts.signature;
    this.metadata = facts.metadata;
  }

  async predict(inputs: Float32Array, count: number): Promise<Float32Array> {
    const { outputs } = this.signature;
    return toPredictions(await this.run(inputs, count, [outputs[0]!.name]), count).prediction;
  }

  async predictAll(inputs: Float32Array, count: number): Promise<Predictions> {
    const names = this.signature.outputs.map(({ name }) => name);
    return toPredictions(await this.run(inputs, count, names), count);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.session.release();
  }

  /** The named outputs for all windows, each [count, width], computed part by part. */
  private async run(inputs: Float32Array, count: number, names: readonly string[]): Promise<Map<string, Float32Array>> {
    checkInput(inputs, count, this.signature);
    const [, length, features] = this.signature.inputs[0]!.shape as [number, number, number];
    const width = this.signature.outputs[0]!.shape[1]!;
    const results = new Map(names.map((name) => [name, new Float32Array(count * width)]));
    for (let start = 0; start < count; start += windowsPerRun) {
      const size = Math.min(windowsPerRun, count - start);
      const part = inputs.subarray(start * length * features, (start + size) * length * features);
      const outputs = await this.runOnce(new Tensor('float32', part, [size, length, features]), names);
      for (const [name, values] of results) values.set(outputs[name]!.data as Float32Array, start * width);
    }
    return results;
  }

  private async runOnce(windows: Tensor, names: readonly string[]): Promise<InferenceSession.OnnxValueMapType> {
    if (this.closed) throw runFailure('it is closed; open it again');
    try {
      return await this.session.run({ [this.signature.inputs[0]!.name]: windows }, names);
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
