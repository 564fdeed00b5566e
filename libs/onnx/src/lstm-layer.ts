import type { LstmLayerWeights } from '@i-drill/training';
import type { InitializerSpec, NodeSpec } from './messages.js';

/** Row block of ONNX (gates i, o, f, c) -> column block of the trained kernel (gates i, f, c, o). */
const gateOrder = [0, 3, 1, 2] as const;

/** The part of a graph that computes one LSTM layer. */
interface LayerGraph {
  readonly nodes: readonly NodeSpec[];
  readonly initializers: readonly InitializerSpec[];
}

/** Where a layer reads, [T, N, inputs], and what it is to give: the whole sequence [T, N, U], or the last state [N, U]. */
interface LayerPlace {
  readonly index: number;
  readonly input: string;
  readonly output: string;
  readonly gives: 'sequence' | 'last-state';
}

/**
 * One LSTM layer as ONNX nodes (operator LSTM, layout 0, default activations sigmoid, tanh, tanh).
 *
 * The output of the operator has an axis for directions, of length 1, that is squeezed away: axis 1 of the sequence
 * [T, 1, N, U], axis 0 of the last state [1, N, U].
 */
export function lstmLayer(weights: LstmLayerWeights, place: LayerPlace): LayerGraph {
  const name = (part: string): string => `lstm${place.index}_${part}`;
  const wholeSequence = place.gives === 'sequence';
  const raw = name('raw');
  return {
    nodes: [
      {
        operator: 'LSTM',
        inputs: [place.input, name('W'), name('R'), name('B')],
        outputs: wholeSequence ? [raw] : ['', raw],
        attributes: { hidden_size: weights.units },
      },
      { operator: 'Squeeze', inputs: [raw, name('axes')], outputs: [place.output] },
    ],
    initializers: [
      { name: name('W'), dims: [1, 4 * weights.units, weights.inputs], values: gateRows(weights, 'kernel') },
      { name: name('R'), dims: [1, 4 * weights.units, weights.units], values: gateRows(weights, 'recurrent') },
      { name: name('B'), dims: [1, 8 * weights.units], values: gateBias(weights) },
      { name: name('axes'), dims: [1], values: BigInt64Array.of(wholeSequence ? 1n : 0n) },
    ],
  };
}

/** [rows, 4U] with gates i, f, c, o -> [4U, rows] with gates i, o, f, c. */
function gateRows(weights: LstmLayerWeights, which: 'kernel' | 'recurrent'): Float32Array {
  const { units } = weights;
  const matrix = weights[which];
  const rows = which === 'kernel' ? weights.inputs : units;
  const result = new Float32Array(4 * units * rows);
  for (let target = 0; target < 4 * units; target++) {
    const source = trainedColumn(target, units);
    for (let row = 0; row < rows; row++) result[target * rows + row] = matrix[row * 4 * units + source]!;
  }
  return result;
}

/** Input bias in ONNX's gate order, then a recurrent bias of zeros: training has one bias only. */
function gateBias({ units, bias }: LstmLayerWeights): Float32Array {
  const result = new Float32Array(8 * units);
  for (let target = 0; target < 4 * units; target++) result[target] = bias[trainedColumn(target, units)]!;
  return result;
}

function trainedColumn(target: number, units: number): number {
  return gateOrder[Math.floor(target / units)]! * units + (target % units);
}
