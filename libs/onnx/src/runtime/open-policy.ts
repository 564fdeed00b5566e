import type { ModelSignature } from '@i-drill/core';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { OnnxError } from '../errors.js';
import { policySignature } from '../description/policy-signature.js';
import type { PolicyDescription } from '@i-drill/training/agents';
import { policyKey } from '../export/export-policy.js';
import { createSession } from './create-session.js';
import { readMetadataTexts } from '../description/metadata-texts.js';

/** A policy from a file, ready to be asked. */
export interface OnnxPolicy {
  readonly signature: ModelSignature;
  readonly description: PolicyDescription;
  /**
   * What to do.
   *
   * @param observations sensor readings, [rows, O]
   * @returns set-points, [rows, A]; of choices the index, [rows]
   * @throws OnnxError `ONNX_INPUT_SHAPE` for values that are not `rows` whole observations, `ONNX_RUN_FAILED` after `close()`
   */
  act(observations: Float32Array, rows: number): Promise<Float32Array>;
  /** Frees the memory of the runtime. Closing twice is allowed. */
  close(): Promise<void>;
}

/**
 * Opens the file of a policy, on the CPU with one thread.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` for bytes that are no model, or a model that is no policy
 */
export async function openPolicy(onnx: Uint8Array): Promise<OnnxPolicy> {
  const session = await createSession(onnx);
  try {
    const description = readDescription(onnx);
    const signature = policySignature(description);
    requireTensors(session, signature);
    return policyOf(session, { signature, description });
  } catch (error) {
    await session.release();
    throw error;
  }
}

function readDescription(onnx: Uint8Array): PolicyDescription {
  const text = readMetadataTexts(onnx).get(policyKey.slice(policyKey.indexOf('.') + 1));
  if (text === undefined) throw noPolicy('it does not say that it is a policy');
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value,
    ) as PolicyDescription;
  } catch (cause) {
    throw noPolicy('what it says about itself cannot be read', cause);
  }
}

function requireTensors(session: InferenceSession, { inputs, outputs }: ModelSignature): void {
  const named = ({ name }: { readonly name: string }): string => name;
  const found = [...session.inputNames, ...session.outputNames].join();
  const expected = [...inputs.map(named), ...outputs.map(named)].join();
  if (found !== expected) throw noPolicy(`its tensors are ${found}, expected ${expected}`);
}

function policyOf(session: InferenceSession, facts: Pick<OnnxPolicy, 'signature' | 'description'>): OnnxPolicy {
  const width = facts.description.observation.length;
  let isClosed = false;
  return {
    ...facts,
    async act(observations, rows) {
      if (observations.length !== rows * width) {
        throw new OnnxError(
          `Cannot run the policy: ${observations.length} values are not ${rows} observations of ${width}; send rows * ${width} values`,
          { code: 'ONNX_INPUT_SHAPE', details: { values: observations.length, rows, width } },
        );
      }
      if (isClosed)
        throw new OnnxError('Cannot run the policy: it is closed; open it again', { code: 'ONNX_RUN_FAILED' });
      const answer = await session.run({ observation: new Tensor('float32', observations, [rows, width]) });
      return answer['action']!.data as Float32Array;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await session.release();
    },
  };
}

function noPolicy(problem: string, cause?: unknown): OnnxError {
  return new OnnxError(`Cannot open the policy: ${problem}; export it again`, { code: 'ONNX_INVALID_MODEL', cause });
}
