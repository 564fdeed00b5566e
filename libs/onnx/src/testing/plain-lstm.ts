import type { LstmLayerWeights, SequenceModel } from '@i-drill/training';

/**
 * The same model written from the equations alone, in double precision, one window, one row, one unit at a time:
 *
 *   i, f, o = sigmoid(x·W + h·R + b),  g = tanh(x·W + h·R + b),  c' = f·c + i·g,  h' = o·tanh(c')
 *
 * with gates i, f, c, o side by side in the columns of W, R and b. It shares no code with the writer.
 */
export function predictPlainly(
  { preprocessing, weights }: SequenceModel,
  inputs: Float32Array,
  count: number,
): Float32Array {
  const { windowLength, features, featureScaler, targetScaler, anchorFeature } = preprocessing;
  const size = windowLength * features.length;
  return Float32Array.from({ length: count }, (_, n) => {
    const raw = Array.from({ length: windowLength }, (__, t) =>
      Array.from(inputs.subarray(n * size + t * features.length, n * size + (t + 1) * features.length)),
    );
    const scaled = raw.map((row) => row.map((x, j) => (x - featureScaler.mean[j]!) / featureScaler.scale[j]!));
    const hidden = weights.layers.reduce((rows, layer) => runLayer(layer, rows), scaled).at(-1)!;
    const head = hidden.reduce((sum, h, u) => sum + h * weights.head.kernel[u]!, weights.head.bias[0]!);
    const anchor = anchorFeature === undefined ? 0 : raw.at(-1)![anchorFeature]!;
    return targetScaler.mean[0]! + targetScaler.scale[0]! * head + anchor;
  });
}

function runLayer(layer: LstmLayerWeights, rows: number[][]): number[][] {
  let hidden = new Array<number>(layer.units).fill(0);
  let cell = new Array<number>(layer.units).fill(0);
  return rows.map((row) => {
    const gate = (block: number, unit: number): number => gateInput(layer, row, hidden, block * layer.units + unit);
    const next = cell.map((c, u) => sigmoid(gate(1, u)) * c + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)));
    const output = next.map((c, u) => sigmoid(gate(3, u)) * Math.tanh(c));
    cell = next;
    hidden = output;
    return output;
  });
}

function gateInput(layer: LstmLayerWeights, row: number[], hidden: number[], column: number): number {
  const width = 4 * layer.units;
  const fromRow = row.reduce((sum, x, k) => sum + x * layer.kernel[k * width + column]!, 0);
  const fromHidden = hidden.reduce((sum, h, k) => sum + h * layer.recurrent[k * width + column]!, 0);
  return fromRow + fromHidden + layer.bias[column]!;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
