import * as tf from '@tensorflow/tfjs-core';
import { outputAndGradients, randomInputs, type Operation } from '../../testing/output-and-gradients.js';
import { selectBackend } from '../select-backend.js';

/** An operation and the shapes of what it is given. */
export interface AgreementCase {
  readonly operation: Operation;
  readonly shapes: readonly number[][];
  /** Only outputs are compared: TensorFlow.js has no gradient for it. */
  readonly outputOnly?: true;
}

/** A value or a gradient that differs between two backends. */
export interface Disagreement {
  readonly name: string;
  /** `output`, or which gradient. */
  readonly of: string;
  /** Largest difference, relative to the largest value (at least 1). */
  readonly error: number;
}

/**
 * What the WebAssembly backend computes otherwise than the cpu backend: outputs, and gradients of their masked sums for
 * every input. A value may be off by the rounding of float32, 1e-5 of the largest.
 */
export async function disagreements(cases: Readonly<Record<string, AgreementCase>>): Promise<Disagreement[]> {
  const [cpu, wasm] = [await results('cpu', cases), await results('wasm', cases)];
  return Object.keys(cases).flatMap((name) =>
    cpu.get(name)!.flatMap((expected, index) => {
      const error = largestError(wasm.get(name)![index]!, expected);
      return error < 1e-5 ? [] : [{ name, of: index === 0 ? 'output' : `gradient ${index}`, error }];
    }),
  );
}

async function results(backend: 'cpu' | 'wasm', cases: Readonly<Record<string, AgreementCase>>) {
  await selectBackend([backend]);
  return new Map(Object.entries(cases).map(([name, one]) => [name, computed(one)]));
}

function computed({ operation, shapes, outputOnly }: AgreementCase): number[][] {
  return tf.tidy(() => {
    const inputs = randomInputs(...shapes);
    return outputOnly ? [Array.from(operation(...inputs).dataSync())] : outputAndGradients(operation, inputs);
  });
}

function largestError(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const errors = actual.map((value, index) => Math.abs(value - expected[index]!) / scale);
  return errors.reduce((largest, error) => Math.max(largest, error), 0); // NaN if there is one
}
