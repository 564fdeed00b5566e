import {
  denseOffsets,
  requireLayers,
  requireRows,
  type Activation,
  type DenseLayer,
  type DenseNetwork,
} from './dense-network.js';

/**
 * The same as `createDenseNetwork` in plain TypeScript, sums in double precision: slow, and what the fast one is held to.
 *
 * @example
 * ```ts
 * import { plainDenseNetwork } from '@i-drill/kernels';
 * const network = plainDenseNetwork([{ inputs: 2, outputs: 1, activation: 'relu' }], 4);
 * network.parameters.set([3, 5, 1]); // W, then b
 * Array.from(network.forward(Float32Array.of(1, 2, -3, 1), 2)); // => [14, 0]
 * ```
 */
export function plainDenseNetwork(layers: readonly DenseLayer[], maxRows: number): DenseNetwork {
  requireLayers(layers, maxRows);
  const { offsets, size } = denseOffsets(layers);
  const [parameters, gradients, m, v] = [0, 0, 0, 0].map(() => new Float32Array(size)) as [Float32Array, Float32Array, Float32Array, Float32Array]; // prettier-ignore
  const memory = { m, v, steps: 0 };
  const values = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)].map((width) => new Float32Array(maxRows * width)); // prettier-ignore
  return {
    layers,
    maxRows,
    parameters,
    gradients,
    memory,
    forward(inputs, rows) {
      requireRows(rows, maxRows);
      values[0]!.set(inputs.subarray(0, rows * layers[0]!.inputs));
      layers.forEach((layer, i) => {
        layerForward(layer, parameters.subarray(offsets[i]), { x: values[i]!, y: values[i + 1]!, rows });
      });
      return values.at(-1)!.subarray(0, rows * layers.at(-1)!.outputs);
    },
    backward(outputGradient, rows, wanted = 'parameters') {
      requireRows(rows, maxRows);
      let slope: Float32Array = outputGradient.subarray(0, rows * layers.at(-1)!.outputs);
      for (let i = layers.length - 1; i >= 0; i--) {
        const [layer, w, x] = [layers[i]!, parameters.subarray(offsets[i]), values[i]!];
        const dz = slope.map((dy, k) => dy * activationSlope(layer.activation, values[i + 1]![k]!));
        if (wanted !== 'inputs') addGradients(layer, { x, dz, rows }, gradients.subarray(offsets[i]));
        slope = i === 0 && wanted === 'parameters' ? new Float32Array() : inputGradient(layer, w, dz, rows);
      }
      return slope;
    },
    step({ learningRate, epsilon = 1e-8, gradientScale = 1 }) {
      memory.steps++;
      const [meanScale, varianceScale] = [1 - 0.9 ** memory.steps, 1 - 0.999 ** memory.steps];
      gradients.forEach((gradient, i) => {
        const g = gradient * gradientScale;
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        parameters[i]! -= (learningRate * m[i]) / meanScale / (Math.sqrt(v[i] / varianceScale) + epsilon);
      });
    },
  };
}

interface LayerRun {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly rows: number;
}

function layerForward({ inputs, outputs, activation }: DenseLayer, w: Float32Array, { x, y, rows }: LayerRun): void {
  for (let row = 0; row < rows; row++) {
    for (let out = 0; out < outputs; out++) {
      let sum = w[inputs * outputs + out]!;
      for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * w[i * outputs + out]!;
      y[row * outputs + out] = activated(activation, sum);
    }
  }
}

function activated(activation: Activation, sum: number): number {
  switch (activation) {
    case 'linear':
      return sum;
    case 'relu':
      return Math.max(0, sum);
    case 'tanh':
      return Math.tanh(sum);
  }
}

/** Derivative of the activation, from what came out of it. */
function activationSlope(activation: Activation, y: number): number {
  switch (activation) {
    case 'linear':
      return 1;
    case 'relu':
      return y > 0 ? 1 : 0;
    case 'tanh':
      return 1 - y * y;
  }
}

interface LayerSlope {
  readonly x: Float32Array;
  readonly dz: Float32Array;
  readonly rows: number;
}

function addGradients({ inputs, outputs }: DenseLayer, { x, dz, rows }: LayerSlope, to: Float32Array): void {
  for (let out = 0; out < outputs; out++) {
    for (let i = 0; i <= inputs; i++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += (i < inputs ? x[row * inputs + i]! : 1) * dz[row * outputs + out]!;
      to[i * outputs + out] = sum;
    }
  }
}

function inputGradient({ inputs, outputs }: DenseLayer, w: Float32Array, dz: Float32Array, rows: number): Float32Array {
  return Float32Array.from({ length: rows * inputs }, (_, k) => {
    const [row, i] = [Math.floor(k / inputs), k % inputs];
    let sum = 0;
    for (let out = 0; out < outputs; out++) sum += dz[row * outputs + out]! * w[i * outputs + out]!;
    return sum;
  });
}
