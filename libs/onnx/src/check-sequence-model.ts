import type { Preprocessing } from '@i-drill/core';
import type { LstmLayerWeights, LstmWeights, SequenceModel } from '@i-drill/training';
import { OnnxError } from './errors.js';

/** A statement about a model that must hold before it is written. */
type Claim = readonly [what: string, actual: number, expected: number];

/** Refuses a model whose parts do not fit together, or that has a value that is no number. */
export function checkSequenceModel({ preprocessing, weights }: SequenceModel): void {
  if (weights.layers.length === 0) throw refusal('it has no LSTM layer; train one with at least one layer');
  for (const [what, actual, expected] of [...scalerClaims(preprocessing), ...weightClaims(preprocessing, weights)]) {
    if (actual !== expected) throw refusal(`${what} has ${actual} values, expected ${expected}`);
  }
  checkWindow(preprocessing);
  for (const [what, values] of namedValues(preprocessing, weights)) {
    if (!values.every((value) => Number.isFinite(value))) throw refusal(`${what} holds a value that is not finite`);
  }
}

function scalerClaims({ features, featureScaler, targetScaler }: Preprocessing): Claim[] {
  return [
    ['the mean of the features', featureScaler.mean.length, features.length],
    ['the scale of the features', featureScaler.scale.length, features.length],
    ['the mean of the target', targetScaler.mean.length, 1],
    ['the scale of the target', targetScaler.scale.length, 1],
  ];
}

function weightClaims({ features }: Preprocessing, { layers, head }: LstmWeights): Claim[] {
  const inputSizes = [features.length, ...layers.map((layer) => layer.units)];
  return [
    ...layers.flatMap((layer, index) => layerClaims(layer, index, inputSizes[index]!)),
    ['the kernel of the head', head.kernel.length, inputSizes.at(-1)!],
    ['the bias of the head', head.bias.length, 1],
  ];
}

function layerClaims(layer: LstmLayerWeights, index: number, inputs: number): Claim[] {
  const gates = 4 * layer.units;
  return [
    [`the input of LSTM layer ${index}`, layer.inputs, inputs],
    [`the kernel of LSTM layer ${index}`, layer.kernel.length, inputs * gates],
    [`the recurrent kernel of LSTM layer ${index}`, layer.recurrent.length, layer.units * gates],
    [`the bias of LSTM layer ${index}`, layer.bias.length, gates],
  ];
}

function checkWindow({ windowLength, anchorFeature, features }: Preprocessing): void {
  if (!Number.isInteger(windowLength) || windowLength < 1) throw refusal(`its window is ${windowLength} rows long`);
  if (anchorFeature === undefined) return;
  if (!Number.isInteger(anchorFeature) || anchorFeature < 0 || anchorFeature >= features.length) {
    throw refusal(`its anchor is feature ${anchorFeature} of ${features.length}`);
  }
}

function namedValues({ featureScaler, targetScaler }: Preprocessing, { layers, head }: LstmWeights): NamedValues[] {
  return [
    ['the scaler of the features', [...featureScaler.mean, ...featureScaler.scale]],
    ['the scaler of the target', [...targetScaler.mean, ...targetScaler.scale]],
    ...layers.flatMap<NamedValues>(({ kernel, recurrent, bias }, index) => [
      [`the kernel of LSTM layer ${index}`, kernel],
      [`the recurrent kernel of LSTM layer ${index}`, recurrent],
      [`the bias of LSTM layer ${index}`, bias],
    ]),
    ['the kernel of the head', head.kernel],
    ['the bias of the head', head.bias],
  ];
}

type NamedValues = readonly [what: string, values: readonly number[] | Float32Array];

function refusal(problem: string): OnnxError {
  return new OnnxError(`Cannot export the model: ${problem}`, { code: 'ONNX_INVALID_MODEL' });
}
