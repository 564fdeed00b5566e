import type { Preprocessing } from '@i-drill/core';
import type { Architecture, NetworkWeights, SequenceModel } from '@i-drill/training';
import {
  attendedRows,
  convolutionRows,
  denseRows,
  lstmRows,
  normalisedRows,
  pooledRows,
  softmax,
  weightReader,
  type Rows,
  type WeightReader,
} from './plain-layers.js';

/**
 * The same model written from the equations alone, in double precision, one window, one row, one unit at a time. It shares
 * no code with the writer, nor with training.
 *
 * @returns per window the columns: points and quantiles in target units, classes as probabilities; [count][O]
 */
export function predictPlainly(model: SequenceModel, inputs: Float32Array, count: number): number[][] {
  const { windowLength, features } = model.preprocessing;
  const width = features.length;
  return Array.from({ length: count }, (_, n) => {
    const row = (t: number): number[] => Array.from(inputs.subarray((n * windowLength + t) * width).subarray(0, width));
    return windowColumns(
      model,
      Array.from({ length: windowLength }, (__, t) => row(t)),
    );
  });
}

function windowColumns({ architecture, preprocessing, columns, members }: SequenceModel, raw: Rows): number[] {
  const { targetScaler, anchorFeature, classes } = preprocessing;
  const scaled = raw.map((row) => scaledRow(row, preprocessing));
  const outputs = members.map((member) => networkOutput(architecture, member, { x: scaled, outputs: columns.length }));
  const shares = classes ? outputs.map(softmax) : outputs;
  const mean = columns.map((_, o) => shares.reduce((sum, output) => sum + output[o]!, 0) / members.length);
  const anchor = anchorFeature === undefined ? 0 : raw.at(-1)![anchorFeature]!;
  return classes ? mean : mean.map((output) => targetScaler.mean[0]! + targetScaler.scale[0]! * output + anchor);
}

function scaledRow(row: readonly number[], { featureScaler, regimes }: Preprocessing): number[] {
  const distances = regimes?.centres.map((centre) =>
    regimes.conditionFeatures.reduce(
      (sum, feature, s) => sum + ((row[feature]! - centre[s]!) / regimes.conditionScale[s]!) ** 2,
      0,
    ),
  );
  const scaler = distances ? regimes!.scalers[distances.indexOf(Math.min(...distances))]! : featureScaler;
  return row.map((x, j) => (x - scaler.mean[j]!) / scaler.scale[j]!);
}

function networkOutput(
  architecture: Architecture,
  weights: NetworkWeights,
  { x, outputs }: { x: Rows; outputs: number },
): readonly number[] {
  const at = weightReader(weights);
  const last = architecture.type === 'transformer' ? encoded(architecture, at, x) : recurrent(architecture, at, x);
  return denseRows([last], at, { name: 'head', outputs })[0]!;
}

function recurrent(
  architecture: Exclude<Architecture, { type: 'transformer' }>,
  at: WeightReader,
  x: Rows,
): readonly number[] {
  let rows = x;
  if (architecture.type === 'cnn-lstm') {
    for (let i = 0; i < architecture.convolutions; i++) {
      rows = pooledRows(convolutionRows(rows, at, { ...architecture, name: `conv${i}` }));
    }
  }
  for (let i = 0; i < architecture.numLayers; i++) {
    rows = lstmRows(rows, at, { name: `lstm${i}`, units: architecture.hiddenSize });
  }
  return rows.at(-1)!;
}

function encoded(
  { modelSize, heads, numLayers, feedForwardSize, positions }: Extract<Architecture, { type: 'transformer' }>,
  at: WeightReader,
  x: Rows,
): readonly number[] {
  const position = (t: number, i: number): number =>
    positions === 'learned' ? at('positions', t, i) : sinusoid(t, i, modelSize);
  const embedded = denseRows(x, at, { name: 'embed', outputs: modelSize });
  let rows: Rows = embedded.map((row, t) => row.map((value, i) => value + position(t, i)));
  for (let i = 0; i < numLayers; i++) {
    const name = (part: string): string => `block${i}.${part}`;
    const projected = denseRows(normalisedRows(rows, at, name('norm1')), at, {
      name: name('qkv'),
      outputs: 3 * modelSize,
    });
    const attended = attendedRows(projected, modelSize, heads);
    rows = plus(rows, denseRows(attended, at, { name: name('out'), outputs: modelSize }));
    const up = denseRows(normalisedRows(rows, at, name('norm2')), at, { name: name('up'), outputs: feedForwardSize });
    const rectified = up.map((row) => row.map((value) => Math.max(value, 0)));
    rows = plus(rows, denseRows(rectified, at, { name: name('down'), outputs: modelSize }));
  }
  const normalised = normalisedRows(rows, at, 'norm');
  return normalised[0]!.map((_, i) => normalised.reduce((sum, row) => sum + row[i]!, 0) / normalised.length);
}

function sinusoid(t: number, i: number, width: number): number {
  const pair = Math.floor(i / 2);
  const angle = t / Math.pow(10000, (2 * pair) / width);
  return i === 2 * pair ? Math.sin(angle) : Math.cos(angle);
}

function plus(a: Rows, b: Rows): Rows {
  return a.map((row, t) => row.map((value, i) => value + b[t]![i]!));
}
