import { createHeap } from '../kernel-heap.js';
import type { Pointer } from '../kernel-types.js';
import { loadKernels, type KernelBuild, type Kernels } from '../kernels.js';
import { denseOffsets, requireLayers, requireRows, type DenseLayer, type DenseNetwork } from './dense-network.js';

/** How a network is run. */
export interface DenseNetworkOptions {
  /** Rows that fit into one call. */
  readonly maxRows: number;
  /** @default 'fastest' */
  readonly build?: KernelBuild;
}

/**
 * A multi-layer perceptron as SIMD kernels on a heap of its own: for actors and critics, whose layers are so small that a
 * framework spends its time on calls.
 *
 * @throws RangeError for layers that do not follow one another
 *
 * @example
 * ```ts
 * import { createDenseNetwork } from '@i-drill/kernels';
 * const network = createDenseNetwork([{ inputs: 2, outputs: 1, activation: 'relu' }], { maxRows: 4 });
 * network.parameters.set([3, 5, 1]); // W, then b
 * Array.from(network.forward(Float32Array.of(1, 2, -3, 1), 2)); // => [14, 0]
 * network.backward(Float32Array.of(1, 1), 2);
 * Array.from(network.gradients); // => [1, 2, 1]
 * ```
 */
export function createDenseNetwork(
  layers: readonly DenseLayer[],
  { maxRows, build = 'fastest' }: DenseNetworkOptions,
): DenseNetwork {
  requireLayers(layers, maxRows);
  const places = placed(layers, maxRows, build);
  const { kernels, parameters, gradients, m, v, memory } = places;
  const { size } = denseOffsets(layers);
  return {
    layers,
    maxRows,
    parameters: parameters.values,
    gradients: gradients.values,
    memory,
    forward(inputs, rows) {
      requireRows(rows, maxRows);
      places.values[0]!.values.set(inputs.subarray(0, rows * layers[0]!.inputs));
      layers.forEach((_, i) => {
        layerForward(places, i, Math.max(rows, leastRows));
      });
      return places.values.at(-1)!.values.subarray(0, rows * layers.at(-1)!.outputs);
    },
    backward(outputGradient, rows, wanted = 'parameters') {
      requireRows(rows, maxRows);
      const last = layers.length - 1;
      places.slopes[last + 1]!.values.set(outputGradient.subarray(0, rows * layers[last]!.outputs));
      for (let i = last; i >= 0; i--) layerBackward(places, { layer: i, rows, wanted });
      return places.slopes[0]!.values.subarray(0, wanted === 'parameters' ? 0 : rows * layers[0]!.inputs);
    },
    step({ learningRate, epsilon = 1e-8, gradientScale: scale = 1 }) {
      memory.steps++;
      const pointers = { parameters: parameters.at, gradients: gradients.at, m: m.at, v: v.at };
      kernels.adamStep({
        ...pointers,
        size,
        step: memory.steps,
        learningRate,
        beta1: 0.9,
        beta2: 0.999,
        epsilon,
        scale,
      });
    },
  };
}

/** The product of a single row takes another way, which rounds otherwise: a second row, of whatever is there, goes with it. */
const leastRows = 2;

/** Numbers on the heap. */
interface Place {
  readonly at: Pointer;
  readonly values: Float32Array;
}

interface Places {
  readonly kernels: Kernels;
  readonly layers: readonly DenseLayer[];
  readonly offsets: readonly number[];
  readonly parameters: Place;
  readonly gradients: Place;
  readonly m: Place;
  readonly v: Place;
  readonly memory: DenseNetwork['memory'];
  /** Inputs, then what comes out of each layer, [rows, width]. */
  readonly values: readonly Place[];
  /** Derivatives of the loss for these. */
  readonly slopes: readonly Place[];
}

function placed(layers: readonly DenseLayer[], maxRows: number, build: KernelBuild): Places {
  const { offsets, size } = denseOffsets(layers);
  const rows = Math.max(maxRows, leastRows);
  const widths = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
  const numbers = 4 * size + 2 * rows * widths.reduce((sum, width) => sum + width, 0);
  const heap = createHeap(4 * numbers + scratchBytes(Math.max(...widths)) + 64 * 2 * (widths.length + 4));
  const place = (count: number): Place => {
    const at = heap.allocate(4 * count);
    return { at, values: new Float32Array(heap.memory.buffer, at, count) };
  };
  const [parameters, gradients, m, v] = [place(size), place(size), place(size), place(size)];
  const [values, slopes] = [widths.map((width) => place(rows * width)), widths.map((width) => place(rows * width))];
  const memory = { m: m.values, v: v.values, steps: 0 };
  const kernels = loadKernels(heap, build);
  const widest = values[widths.indexOf(Math.max(...widths))]!;
  takeScratch(kernels, {
    weights: parameters,
    result: { ...widest, values: widest.values.subarray(0, leastRows * Math.max(...widths)) },
  });
  return { kernels, layers, offsets, parameters, gradients, m, v, memory, values, slopes };
}

/** Room for the scratch memory of products up to this many columns. */
function scratchBytes(columns: number): number {
  return 2 ** 17 + 4 * 256 * (columns + 8);
}

/** Scratch memory is given anew where a product needs more, and a heap that only fills up keeps the old: the largest comes first. */
function takeScratch(kernels: Kernels, { weights, result }: { readonly weights: Place; readonly result: Place }): void {
  const columns = result.values.length / leastRows;
  kernels.multiplyMatrices({ a: weights.at, b: weights.at, c: result.at, rows: leastRows, columns, depth: 1 });
}

function layerForward({ kernels, layers, offsets, parameters, values }: Places, i: number, rows: number): void {
  const { inputs, outputs, activation } = layers[i]!;
  const weights = parameters.at + 4 * offsets[i]!;
  const y = values[i + 1]!.at;
  kernels.multiplyMatrices({ a: values[i]!.at, b: weights, c: y, rows, columns: outputs, depth: inputs });
  const bias = weights + 4 * inputs * outputs;
  kernels.addBias({ y, bias, rows, columns: outputs, relu: activation === 'relu' });
  if (activation === 'tanh') kernels.tanh({ x: y, y, size: rows * outputs });
}

interface LayerBackward {
  readonly layer: number;
  readonly rows: number;
  readonly wanted: 'parameters' | 'inputs' | 'both';
}

function layerBackward(places: Places, { layer: i, rows, wanted }: LayerBackward): void {
  const { kernels, layers, offsets, parameters, gradients, values, slopes } = places;
  const { inputs, outputs, activation } = layers[i]!;
  const dz = slopes[i + 1]!.at; // takes the place of the derivative for what came out
  if (activation !== 'linear') {
    kernels.activationGradient({ y: values[i + 1]!.at, dy: dz, dz, size: rows * outputs, activation });
  }
  if (wanted !== 'inputs') {
    const dWeights = gradients.at + 4 * offsets[i]!;
    kernels.multiplyMatrices({ a: values[i]!.at, b: dz, c: dWeights, rows: inputs, columns: outputs, depth: rows, transposeA: true }); // prettier-ignore
    const sums = dWeights + 4 * inputs * outputs;
    kernels.columnSums({ x: dz, sums, batch: 1, rows, columns: outputs, scale: 1 });
  }
  if (i === 0 && wanted === 'parameters') return;
  const weights = parameters.at + 4 * offsets[i]!;
  kernels.multiplyMatrices({ a: dz, b: weights, c: slopes[i]!.at, rows, columns: inputs, depth: outputs, transposeB: true }); // prettier-ignore
}
