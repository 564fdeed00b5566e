import * as tf from '@tensorflow/tfjs-core';
import type { LstmKernel } from '../backend/lstm-kernel.js';
import { tidy } from '../backend/tidy.js';

/** What one step leaves for the backward pass, in this order. All but the first two have shape [B, U]. */
type Step = readonly [
  input: tf.Tensor2D, // [h_{t−1}, x_t, 1], shape [B, U + F + 1]
  sigma: tf.Tensor2D, // σ of all four blocks (of 2z in the g block), shape [B, 4U]
  i: tf.Tensor2D,
  f: tf.Tensor2D,
  g: tf.Tensor2D,
  o: tf.Tensor2D,
  cPrevious: tf.Tensor2D,
  tanhC: tf.Tensor2D,
];
const tensorsPerStep = 8;

/**
 * The LSTM layer of `lstmLayer` in operations that every backend has: for backends without a kernel of their own. tanh is
 * 2σ(2x) − 1: with the g block of W doubled, one σ serves all four blocks.
 */
export const lstmOfOperations: LstmKernel = {
  forward: (x, weights, keep) => tidy(() => forward(x, weights, keep)),
  backward: ({ weights, saved, dHidden, inputGradient }) =>
    tidy(() => {
      const steps = inSteps(saved);
      const { dWeights, dx } = backward(steps, doubleCandidate(weights), slices(dHidden));
      return inputGradient ? { dWeights, dx: dx() } : { dWeights };
    }),
};

function forward(x: tf.Tensor3D, weights: tf.Tensor2D, keep: boolean) {
  const [, batch] = x.shape;
  const doubled = doubleCandidate(weights);
  const one = tf.ones<tf.Rank.R2>([batch, 1]);
  const steps: Step[] = [];
  const hidden: tf.Tensor2D[] = [];
  let h = tf.zeros<tf.Rank.R2>([batch, doubled.shape[1] / 4]);
  let c = h;
  for (const xt of slices(x)) {
    const next = tidy(() => {
      const { step, ...state } = forwardStep(tf.concat([h, xt, one], 1), doubled, c);
      return keep ? { ...state, step } : state;
    });
    ({ h, c } = next);
    if ('step' in next) steps.push(next.step);
    hidden.push(h);
  }
  return { hidden: tf.stack(hidden) as tf.Tensor3D, saved: steps.flat() };
}

function forwardStep(input: tf.Tensor2D, doubled: tf.Tensor2D, cPrevious: tf.Tensor2D) {
  const sigma = tf.sigmoid<tf.Tensor2D>(tf.matMul(input, doubled));
  const [i, f, halfG, o] = gateBlocks(sigma);
  const g = twiceMinusOne(halfG);
  const c = tf.add<tf.Tensor2D>(tf.mul(f, cPrevious), tf.mul(i, g));
  const tanhC = twiceMinusOne(tf.sigmoid<tf.Tensor2D>(tf.add(c, c)));
  const step: Step = [input, sigma, i, f, g, o, cPrevious, tanhC];
  return { h: tf.mul<tf.Tensor2D>(o, tanhC), c, step };
}

/** @param dHidden δh_t from above */
function backward(steps: readonly Step[], doubled: tf.Tensor2D, dHidden: readonly tf.Tensor[]) {
  const units = doubled.shape[1] / 4;
  const transposed = tf.transpose(doubled); // [4U, U + F + 1]
  const recurrent = tf.slice(transposed, [0, 0], [-1, units]);
  const dz: tf.Tensor2D[] = [];
  let dh: tf.Tensor | undefined;
  let dc: tf.Tensor | undefined;
  for (let t = steps.length - 1; t >= 0; t--) {
    const next = tidy(() => backwardStep(steps[t]!, sum(dHidden[t]!, dh), dc, recurrent));
    ({ dh, dc } = next);
    dz[t] = next.dz;
  }
  return {
    dWeights: tidy(() => weightGradient(steps, dz)),
    dx: () => tidy(() => inputGradient(tf.concat(dz), transposed, steps.length)),
  };
}

function backwardStep(step: Step, dh: tf.Tensor, dcNext: tf.Tensor | undefined, recurrent: tf.Tensor2D) {
  const [, sigma, i, f, g, o, cPrevious, tanhC] = step;
  const dO = tf.mul(dh, tanhC);
  const dc = sum(tf.mul(o, tf.sub(dh, tf.mul(dO, tanhC))), dcNext);
  const dHalfG = tf.mul(dc, tf.add(i, i)); // g = 2σ − 1
  const dSigma = tf.concat([tf.mul(dc, g), tf.mul(dc, cPrevious), dHalfG, dO] as tf.Tensor2D[], 1);
  const partial = tf.mul(dSigma, sigma);
  const dz = tf.sub<tf.Tensor2D>(partial, tf.mul(partial, sigma)); // σ' = σ − σ²
  return { dz, dh: tf.matMul(dz, recurrent), dc: tf.mul(dc, f) };
}

/** δW = Σ_t [h_{t−1}, x_t, 1]ᵀ · δz_t as one product over all T·B rows, shape [U + F + 1, 4U]. */
function weightGradient(steps: readonly Step[], dz: readonly tf.Tensor2D[]): tf.Tensor2D {
  const inputs = tf.concat(steps.map(([input]) => input));
  return doubleCandidate(tf.matMul(inputs, tf.concat([...dz]), true, false));
}

/** δx from δz of all steps, shape [T, B, F]. */
function inputGradient(dz: tf.Tensor2D, transposed: tf.Tensor2D, steps: number): tf.Tensor3D {
  const units = transposed.shape[0] / 4;
  const features = transposed.shape[1] - units - 1;
  const kernel = tf.slice(transposed, [0, units], [-1, features]);
  return tf.reshape(tf.matMul(dz, kernel), [steps, -1, features]);
}

/** W, or its gradient, with the g block doubled: tanh(z) = 2σ(2z) − 1. */
function doubleCandidate(weights: tf.Tensor2D): tf.Tensor2D {
  return tidy(() => {
    const [i, f, g, o] = gateBlocks(weights);
    return tf.concat([i, f, tf.add<tf.Tensor2D>(g, g), o], 1);
  });
}

type GateBlocks = [i: tf.Tensor2D, f: tf.Tensor2D, g: tf.Tensor2D, o: tf.Tensor2D];

function gateBlocks(x: tf.Tensor2D): GateBlocks {
  const [rows, columns] = x.shape;
  const units = columns / 4;
  return [0, 1, 2, 3].map((gate) => tf.slice(x, [0, gate * units], [rows, units])) as GateBlocks;
}

function slices(x: tf.Tensor3D): tf.Tensor2D[] {
  const [steps, batch, width] = x.shape;
  return Array.from({ length: steps }, (_, t) => tf.reshape(tf.slice(x, [t, 0, 0], [1, batch, width]), [batch, width]));
}

function twiceMinusOne(x: tf.Tensor2D): tf.Tensor2D {
  return tf.sub(tf.add(x, x), 1);
}

function sum(a: tf.Tensor, b: tf.Tensor | undefined): tf.Tensor {
  return b ? tf.add(a, b) : a;
}

function inSteps(saved: readonly tf.Tensor[]): Step[] {
  return Array.from(
    { length: saved.length / tensorsPerStep },
    (_, t) => saved.slice(t * tensorsPerStep, (t + 1) * tensorsPerStep) as unknown as Step,
  );
}
