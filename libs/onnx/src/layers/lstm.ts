import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';

/** Row block of ONNX (gates i, o, f, c) -> column block of the trained matrix (gates i, f, g = c, o). */
const gateOrder = [0, 3, 1, 2] as const;

/** Name and widths of an LSTM layer, and whether it gives all its hidden states, [T, N, U], or the last one, [N, U]. */
export interface LstmLayer {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly gives: 'sequence' | 'last-state';
}

/**
 * One LSTM layer on a sequence [T, N, inputs] (operator LSTM, layout 0, its default activations sigmoid, tanh, tanh).
 *
 * Trained is one matrix [U + inputs + 1, 4U]: recurrent rows, kernel rows, a bias row, gates side by side. ONNX wants the
 * transposes W [1, 4U, inputs] and R [1, 4U, U], another order of the gates, and a second bias, which is 0.
 *
 * The outputs of the operator have an axis for directions, of length 1, that is squeezed away: axis 1 of the sequence
 * [T, 1, N, U], axis 0 of the last state [1, N, U].
 */
export function lstmLayer(network: NetworkWriter, x: Value, layer: LstmLayer): Value {
  const { name, inputs, units, gives } = layer;
  const { graph } = network;
  const trained = network.values(`${name}.weights`, [units + inputs + 1, 4 * units]);
  const recurrent = gateRows(trained, { from: 0, count: units, units });
  const kernel = gateRows(trained, { from: units, count: inputs, units });
  const bias = new Float32Array(8 * units);
  bias.set(gateRows(trained, { from: units + inputs, count: 1, units }));
  const weights = [
    graph.constant(`${name}.W`, kernel, [1, 4 * units, inputs]),
    graph.constant(`${name}.R`, recurrent, [1, 4 * units, units]),
    graph.constant(`${name}.B`, bias, [1, 8 * units]),
  ];
  const wholeSequence = gives === 'sequence';
  const outputs = wholeSequence ? [`${name}.states`] : ['', `${name}.last`];
  const raw = graph.addWithOutputs('LSTM', [x, ...weights], outputs, { hidden_size: units }).at(-1)!;
  return graph.add('Squeeze', [raw, graph.integers(wholeSequence ? 1 : 0)], `${name}.output`);
}

/** Some rows of the trained matrix, [count, 4U], as [4U, count] with the gates in the order of ONNX. */
function gateRows(
  trained: Float32Array,
  { from, count, units }: { readonly from: number; readonly count: number; readonly units: number },
): Float32Array {
  const width = 4 * units;
  const result = new Float32Array(width * count);
  for (let target = 0; target < width; target++) {
    const column = gateOrder[Math.floor(target / units)]! * units + (target % units);
    for (let row = 0; row < count; row++) result[target * count + row] = trained[(from + row) * width + column]!;
  }
  return result;
}
