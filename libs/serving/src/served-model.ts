import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelSignature, ModelVersionRef, Preprocessing } from '@i-drill/core';
import { openModel, type OnnxModel, type Predictions } from '@i-drill/onnx';
import { ServingError } from './errors.js';
import { checkSignature } from './model-signature-check.js';

/** A model that is open, checked and warm. */
export interface ServedModel {
  readonly ref: ModelVersionRef;
  readonly signature: ModelSignature;
  readonly preprocessing: Preprocessing;
  /** `inputs` is row-major [count, T, F], raw sensor values; the answer is [count] each, in units of the target. */
  predict(inputs: Float32Array, count: number): Promise<Predictions>;
  close(): Promise<void>;
}

/** Where the artifacts of a version lie, and what they are expected to be. */
export interface LoadServedModelOptions {
  readonly ref: ModelVersionRef;
  /** Folder with `MLmodel`, `model.onnx` and `preprocessing.json`. */
  readonly directory: string;
  /** SHA-256 of `model.onnx` as it was registered, hex. */
  readonly expectedDigest?: string;
}

/**
 * Opens the model in a downloaded artifact folder. The bytes that are hashed are the bytes that are opened. The model
 * predicts one zero window before it is handed out, so that the first caller does not pay for the first run.
 */
export async function loadServedModel(options: LoadServedModelOptions): Promise<ServedModel> {
  await readModelFile(options, 'MLmodel');
  const onnx = await readModelFile(options, 'model.onnx');
  if (options.expectedDigest !== undefined) checkDigest(options, onnx, options.expectedDigest);
  const preprocessing = await readPreprocessing(options);
  const model = await openModel(onnx);
  try {
    checkSignature(options.ref, model.signature, preprocessing);
    await warmUp(model, preprocessing);
  } catch (error) {
    await model.close();
    throw error;
  }
  return { ref: options.ref, signature: model.signature, preprocessing, ...bind(model) };
}

function bind(model: OnnxModel): Pick<ServedModel, 'predict' | 'close'> {
  return { predict: (inputs, count) => model.predictAll(inputs, count), close: () => model.close() };
}

async function warmUp(model: OnnxModel, { windowLength, features }: Preprocessing): Promise<void> {
  await model.predict(new Float32Array(windowLength * features.length), 1);
}

async function readModelFile({ ref, directory }: LoadServedModelOptions, name: string): Promise<Buffer> {
  const path = join(directory, name);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ServingError(
      `Cannot serve ${titleOf(ref)}: cannot read "${path}"; download the artifacts of the version again`,
      { code: 'SERVING_MODEL_UNREADABLE', details: { path, ...ref }, cause },
    );
  }
}

async function readPreprocessing(options: LoadServedModelOptions): Promise<Preprocessing> {
  const text = (await readModelFile(options, 'preprocessing.json')).toString('utf8');
  const path = join(options.directory, 'preprocessing.json');
  const value = parseJson(text);
  if (isPreprocessing(value)) return value;
  throw new ServingError(
    `Cannot serve ${titleOf(options.ref)}: "${path}" is not a preprocessing description of format version 1; train and register the model again`,
    { code: 'SERVING_MODEL_UNREADABLE', details: { path, ...options.ref } },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPreprocessing(value: unknown): value is Preprocessing {
  if (typeof value !== 'object' || value === null) return false;
  const { formatVersion, windowLength, features } = value as Partial<Record<keyof Preprocessing, unknown>>;
  return formatVersion === 1 && Number.isInteger(windowLength) && Array.isArray(features);
}

function checkDigest({ ref, directory }: LoadServedModelOptions, onnx: Buffer, expected: string): void {
  const actual = createHash('sha256').update(onnx).digest('hex');
  if (actual === expected) return;
  throw new ServingError(
    `Cannot serve ${titleOf(ref)}: model.onnx in "${directory}" has SHA-256 ${actual}, registered is ${expected}; delete the folder and download the version again, or find out who changed the artifact`,
    { code: 'SERVING_DIGEST_MISMATCH', details: { directory, actual, expected, ...ref } },
  );
}

function titleOf(ref: ModelVersionRef): string {
  return `"${ref.name}" version ${ref.version}`;
}
