import * as tf from '@tensorflow/tfjs-core';

/** What of a layer is wanted. */
export interface LstmLayerOptions {
  /** All hidden states, shape [T, B, U], or the last one, shape [B, U]. */
  readonly output: 'every-step' | 'last-step';
  /** Whether the loss is differentiated with respect to the input too: yes inside a stack, no for data. */
  readonly inputGradient: boolean;
}

/** What one step leaves for the backward pass. All but `input` and `sigma` have shape [B, U]. */
interface Step {
  /** [h_{t−1}, x_t, 1], shape [B, U + F + 1]. */
  readonly input: tf.Tensor2D;
  /** σ of all four blocks (of 2z in the g block), shape [B, 4U]. */
  readonly sigma: tf.Tensor2D;
  readonly i: tf.Tensor2D;
  readonly f: tf.Tensor2D;
  readonly g: tf.Tensor2D;
  readonly o: tf.Tensor2D;
  readonly cPrevious: tf.Tensor2D;
  readonly tanhC: tf.Tensor2D;
}

const savedPerStep = 8;

/**
 * One LSTM layer (Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000).
 *
 *   z_t = [h_{t−1}, x_t, 1] · W           four blocks of columns: i, f, g, o
 *   i, f, o = σ(z^i), σ(z^f), σ(z^o)      input, forget and output gate
 *   g = tanh(z^g)                         candidate
 *   c_t = f ∘ c_{t−1} + i ∘ g             cell, c_{−1} = 0
 *   h_t = o ∘ tanh(c_t)                   hidden state, h_{−1} = 0
 *
 * W stacks recurrent matrix, input kernel and bias: a step is one product, and so is the gradient over all steps.
 * Backward, with δ for derivatives of the loss:
 *
 *   δo = δh ∘ tanh(c_t)                   δc += δh ∘ o ∘ (1 − tanh²(c_t)); δc ∘ f flows to t − 1
 *   δi = δc ∘ g,  δf = δc ∘ c_{t−1},  δg = δc ∘ i
 *   δz = δgate ∘ slope of its activation  δ[h_{t−1}, x_t] = δz_t · Wᵀ,  δW = Σ_t [h_{t−1}, x_t, 1]ᵀ · δz_t
 *
 * It is one operation with its own gradient: recorded op by op, TensorFlow.js spends most of the time on bookkeeping,
 * and its WebAssembly backend multiplies with transposed flags in a plain loop. Hence explicit transposes. And tanh is
 * 2σ(2x) − 1, since there σ is vectorised and tanh is not; with the g block of W doubled, one σ serves all four blocks.
 *
 * @param x inputs, shape [T, B, F]
 * @param weights W, shape [U + F + 1, 4U]
 */
export function lstmLayer(x: tf.Tensor3D, weights: tf.Tensor2D, options: LstmLayerOptions): tf.Tensor {
  const layer = tf.customGrad((...args) => {
    const save = args.at(-1) as (tensors: tf.Tensor[]) => void;
    const { steps, hidden } = forward(x, doubleCandidate(weights));
    save(steps.flatMap((step) => Object.values(step) as tf.Tensor[]));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const dHidden = options.output === 'every-step' ? tf.unstack(dy) : lastOnly(dy, steps.length);
      const { dWeights, dx } = backward(restoreSteps(saved as tf.Tensor2D[]), doubleCandidate(weights), dHidden);
      return options.inputGradient ? [dx(), dWeights] : [dWeights];
    };
    return { value: options.output === 'every-step' ? tf.stack(hidden) : hidden.at(-1)!, gradFunc };
  });
  return options.inputGradient ? layer(x, weights) : layer(weights);
}

function forward(x: tf.Tensor3D, doubled: tf.Tensor2D): { steps: Step[]; hidden: tf.Tensor2D[] } {
  const [, batch] = x.shape;
  const units = doubled.shape[1] / 4;
  const inputs = tf.unstack(withOnes(x)) as tf.Tensor2D[]; // T of [B, F + 1]
  const steps: Step[] = [];
  const hidden: tf.Tensor2D[] = [];
  let h = tf.zeros<tf.Rank.R2>([batch, units]);
  let c = h;
  for (const xt of inputs) {
    const step = tf.tidy(() => forwardStep(tf.concat([h, xt], 1), doubled, c));
    steps.push(step.step);
    ({ h, c } = step);
    hidden.push(h);
  }
  return { steps, hidden };
}

function forwardStep(input: tf.Tensor2D, doubled: tf.Tensor2D, cPrevious: tf.Tensor2D) {
  const sigma = tf.sigmoid<tf.Tensor2D>(tf.matMul(input, doubled));
  const [i, f, halfG, o] = tf.split(sigma, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  const g = twiceMinusOne(halfG);
  const c = tf.add<tf.Tensor2D>(tf.mul(f, cPrevious), tf.mul(i, g));
  const tanhC = twiceMinusOne(tf.sigmoid(tf.add<tf.Tensor2D>(c, c)));
  return { h: tf.mul<tf.Tensor2D>(o, tanhC), c, step: { input, sigma, i, f, g, o, cPrevious, tanhC } };
}

function backward(steps: readonly Step[], doubled: tf.Tensor2D, dHidden: readonly (tf.Tensor | undefined)[]) {
  const units = doubled.shape[1] / 4;
  const transposed = tf.transpose(doubled); // [4U, U + F + 1]
  const recurrent = tf.slice(transposed, [0, 0], [-1, units]);
  const dz: tf.Tensor2D[] = [];
  let dh: tf.Tensor | undefined;
  let dc: tf.Tensor | undefined;
  for (let t = steps.length - 1; t >= 0; t--) {
    const fromAbove = dHidden[t];
    const result = tf.tidy(() => backwardStep(steps[t]!, sum(fromAbove, dh)!, dc, recurrent));
    dz.unshift(result.dz);
    ({ dh, dc } = result);
  }
  const dzAll = tf.concat(dz); // [T·B, 4U]
  const inputs = tf.transpose(tf.concat(steps.map((step) => step.input))); // [U + F + 1, T·B]
  const dWeights = doubleCandidate(tf.matMul(inputs, dzAll));
  return { dWeights, dx: () => inputGradient(dzAll, transposed, steps.length) };
}

function backwardStep(step: Step, dh: tf.Tensor, dcNext: tf.Tensor | undefined, recurrent: tf.Tensor2D) {
  const { sigma, i, f, g, o, cPrevious, tanhC } = step;
  const dO = tf.mul(dh, tanhC);
  const dc = sum(tf.mul(o, tf.sub(dh, tf.mul(dO, tanhC))), dcNext)!;
  const twiceDg = tf.mul(dc, tf.add(i, i)); // g = 2σ − 1
  const dSigma = tf.concat([tf.mul(dc, g), tf.mul(dc, cPrevious), twiceDg, dO] as tf.Tensor2D[], 1);
  const partial = tf.mul(dSigma, sigma);
  const dz = tf.sub<tf.Tensor2D>(partial, tf.mul(partial, sigma)); // σ' = σ − σ²
  return { dz, dh: tf.matMul(dz, recurrent), dc: tf.mul(dc, f) };
}
/** δx from δz of all steps, shape [T, B, F]. */
function inputGradient(dz: tf.Tensor2D, transposed: tf.Tensor2D, steps: number): tf.Tensor {
  const units = transposed.shape[0] / 4;
  const features = transposed.shape[1] - units - 1;
  const kernel = tf.slice(transposed, [0, units], [-1, features]);
  return tf.reshape(tf.matMul(dz, kernel), [steps, -1, features]);
}

/** W (or its gradient) with the g block doubled: tanh(z) = 2σ(2z) − 1. */
function doubleCandidate(weights: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [i, f, g, o] = tf.split(weights, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    return tf.concat([i, f, tf.add<tf.Tensor2D>(g, g), o], 1);
  });
}

function twiceMinusOne(x: tf.Tensor2D): tf.Tensor2D {
  return tf.sub(tf.add(x, x), 1);
}

function withOnes(x: tf.Tensor3D): tf.Tensor3D {
  return tf.pad(x, [[0, 0], [0, 0], [0, 1]], 1); // prettier-ignore
}

function sum(a: tf.Tensor | undefined, b: tf.Tensor | undefined): tf.Tensor | undefined {
  return a && b ? tf.add(a, b) : (a ?? b);
}

function lastOnly(dy: tf.Tensor, length: number): (tf.Tensor | undefined)[] {
  return Array.from({ length }, (_, t) => (t === length - 1 ? dy : undefined));
}

function restoreSteps(saved: readonly tf.Tensor2D[]): Step[] {
  return Array.from({ length: saved.length / savedPerStep }, (_, t) => {
    const [input, sigma, i, f, g, o, cPrevious, tanhC] = saved.slice(t * savedPerStep, (t + 1) * savedPerStep);
    return { input: input!, sigma: sigma!, i: i!, f: f!, g: g!, o: o!, cPrevious: cPrevious!, tanhC: tanhC! };
  });
}
