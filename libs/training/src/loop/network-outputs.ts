import type { Preprocessing } from '@i-drill/core';
import { networkOutput, type LstmTensors } from '../sequence/lstm-network.js';
import { scaledInputs, type RawWindows } from './scaled-windows.js';

/** Windows per forward pass: large enough to hide the cost of a call, small enough for the memory of the backend. */
const windowsPerPass = 1024;

/** Scaled network outputs for all windows, in order, shape [count]. */
export function networkOutputs(weights: LstmTensors, windows: RawWindows, preprocessing: Preprocessing): Float32Array {
  const outputs = new Float32Array(windows.count);
  for (let start = 0; start < windows.count; start += windowsPerPass) {
    const length = Math.min(windowsPerPass, windows.count - start);
    const x = scaledInputs(
      windows,
      Int32Array.from({ length }, (_, b) => start + b),
      preprocessing,
    );
    const output = networkOutput(weights, x);
    outputs.set(output.dataSync(), start);
    x.dispose();
    output.dispose();
  }
  return outputs;
}
