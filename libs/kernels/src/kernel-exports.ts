import type { Pointer } from './kernel-types.js';

type Flag = 0 | 1;

/** The functions of the compiled module; `assembly/` has what they do. */
export interface KernelExports {
  matrixScratchBytes(columns: number): number;
  // prettier-ignore
  multiplyMatrices(
    a: Pointer, b: Pointer, c: Pointer,
    batch: number, aStep: number, bStep: number,
    rows: number, columns: number, depth: number,
    transposeA: Flag, transposeB: Flag, accumulate: Flag, scratch: Pointer,
  ): void;
  tanh(x: Pointer, y: Pointer, size: number): void;
  maximum(a: Pointer, b: Pointer, y: Pointer, size: number): void;
  addBias(y: Pointer, bias: Pointer, rows: number, columns: number, relu: Flag): void;
  columnSums(x: Pointer, sums: Pointer, batch: number, rows: number, columns: number, scale: number): void;
  activationGradient(y: Pointer, dy: Pointer, dz: Pointer, size: number, isTanh: Flag): void;
  // prettier-ignore
  adamStep(
    parameters: Pointer, gradients: Pointer, m: Pointer, v: Pointer, size: number, scale: number,
    beta1: number, rest1: number, beta2: number, rest2: number, rate: number, root: number, epsilon: number,
  ): void;
  transposeMatrices(x: Pointer, y: Pointer, batch: number, rows: number, columns: number): void;
  // prettier-ignore
  copyBlocks(
    x: Pointer, y: Pointer, width: number,
    size0: number, size1: number, size2: number,
    from0: number, from1: number, from2: number,
    to0: number, to1: number, to2: number,
  ): void;
  lstmForwardScratchBytes(features: number, units: number): number;
  // prettier-ignore
  lstmForward(
    x: Pointer, weights: Pointer, hidden: Pointer, gates: Pointer, cells: Pointer,
    steps: number, batch: number, features: number, units: number, scratch: Pointer,
  ): void;
  lstmBackwardScratchBytes(features: number, units: number): number;
  // prettier-ignore
  lstmBackward(
    x: Pointer, weights: Pointer, hidden: Pointer, gates: Pointer, cells: Pointer,
    dHidden: Pointer, dWeights: Pointer, dx: Pointer,
    steps: number, batch: number, features: number, units: number, scratch: Pointer,
  ): void;
  attentionScratchBytes(steps: number, size: number): number;
  // prettier-ignore
  attentionForward(
    projected: Pointer, output: Pointer, shares: Pointer,
    steps: number, batch: number, heads: number, size: number, scratch: Pointer,
  ): void;
  // prettier-ignore
  attentionBackward(
    projected: Pointer, shares: Pointer, dOutput: Pointer, dProjected: Pointer,
    steps: number, batch: number, heads: number, size: number, scratch: Pointer,
  ): void;
  // prettier-ignore
  layerNormForward(
    x: Pointer, gain: Pointer, shift: Pointer, y: Pointer, moments: Pointer,
    rows: number, columns: number, epsilon: number,
  ): void;
  // prettier-ignore
  layerNormBackward(
    x: Pointer, gain: Pointer, moments: Pointer, dy: Pointer, dx: Pointer, dGain: Pointer, dShift: Pointer,
    rows: number, columns: number, scratch: Pointer,
  ): void;
}
