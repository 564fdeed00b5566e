import type { Preprocessing } from '@i-drill/core';
import type { LstmWeights, SequenceModel } from '@i-drill/training';
import { lstmLayer } from './lstm-layer.js';
import { elementTypes, type GraphSpec, type InitializerSpec, type NodeSpec } from './messages.js';
import { inputName, outputName } from './sequence-signature.js';

/** A stretch of the graph. */
interface Stage {
  readonly nodes: readonly NodeSpec[];
  readonly initializers: readonly InitializerSpec[];
}

/**
 * The whole model as one graph, raw window in, target units out:
 *
 *   window [N, T, F] -> (x − mean) / scale -> [T, N, F] -> LSTM layers -> last state [N, U] -> head [N, 1]
 *          -> scale · z + mean (+ raw value of the anchor feature in the last row) -> prediction [N, 1]
 *
 * Scaling is computed in double precision: a sensor at 2388 rpm with a deviation of 0.07 rpm would lose three digits of
 * its scaled value to the rounding of the mean alone.
 */
export function sequenceGraph({ preprocessing, weights }: SequenceModel): GraphSpec {
  const stages = [scaleFeatures(preprocessing), runLayers(weights), runHead(weights), unscaleTarget(preprocessing)];
  return {
    name: 'sequence-model',
    nodes: stages.flatMap((stage) => stage.nodes),
    initializers: stages.flatMap((stage) => stage.initializers),
    inputs: [{ name: inputName, shape: ['batch', preprocessing.windowLength, preprocessing.features.length] }],
    outputs: [{ name: outputName, shape: ['batch', 1] }],
  };
}

function scaleFeatures({ featureScaler }: Preprocessing): Stage {
  const size = featureScaler.mean.length;
  return {
    nodes: [
      cast(inputName, 'window64', elementTypes.double),
      { operator: 'Sub', inputs: ['window64', 'feature_mean'], outputs: ['centred'] },
      { operator: 'Div', inputs: ['centred', 'feature_scale'], outputs: ['scaled64'] },
      cast('scaled64', 'scaled', elementTypes.float),
      { operator: 'Transpose', inputs: ['scaled'], outputs: ['sequence0'], attributes: { perm: [1, 0, 2] } },
    ],
    initializers: [
      { name: 'feature_mean', dims: [size], values: Float64Array.from(featureScaler.mean) },
      { name: 'feature_scale', dims: [size], values: Float64Array.from(featureScaler.scale) },
    ],
  };
}

function runLayers({ layers }: LstmWeights): Stage {
  const graphs = layers.map((layer, index) => {
    const isLast = index === layers.length - 1;
    const output = isLast ? 'hidden' : `sequence${index + 1}`;
    return lstmLayer(layer, { index, input: `sequence${index}`, output, gives: isLast ? 'last-state' : 'sequence' });
  });
  return { nodes: graphs.flatMap((g) => g.nodes), initializers: graphs.flatMap((g) => g.initializers) };
}

function runHead({ head }: LstmWeights): Stage {
  return {
    nodes: [{ operator: 'Gemm', inputs: ['hidden', 'head_kernel', 'head_bias'], outputs: ['head'] }],
    initializers: [
      { name: 'head_kernel', dims: [head.kernel.length, 1], values: head.kernel },
      { name: 'head_bias', dims: [1], values: head.bias },
    ],
  };
}

function unscaleTarget(preprocessing: Preprocessing): Stage {
  const { targetScaler, anchorFeature } = preprocessing;
  const anchor = anchorFeature === undefined ? undefined : addAnchor(anchorFeature, preprocessing.windowLength);
  return {
    nodes: [
      cast('head', 'head64', elementTypes.double),
      { operator: 'Mul', inputs: ['head64', 'target_scale'], outputs: ['spread'] },
      { operator: 'Add', inputs: ['spread', 'target_mean'], outputs: ['unscaled'] },
      ...(anchor?.nodes ?? []),
      cast(anchor === undefined ? 'unscaled' : 'anchored', outputName, elementTypes.float),
    ],
    initializers: [
      { name: 'target_scale', dims: [1], values: Float64Array.from(targetScaler.scale) },
      { name: 'target_mean', dims: [1], values: Float64Array.from(targetScaler.mean) },
      ...(anchor?.initializers ?? []),
    ],
  };
}

/** A scalar index drops the axis, a list of one keeps it: [N, T, F] -> last row [N, F] -> feature [N, 1]. */
function addAnchor(anchorFeature: number, windowLength: number): Stage {
  return {
    nodes: [
      { operator: 'Gather', inputs: ['window64', 'last_row'], outputs: ['newest'], attributes: { axis: 1 } },
      { operator: 'Gather', inputs: ['newest', 'anchor_feature'], outputs: ['anchor'], attributes: { axis: 1 } },
      { operator: 'Add', inputs: ['unscaled', 'anchor'], outputs: ['anchored'] },
    ],
    initializers: [
      { name: 'last_row', dims: [], values: BigInt64Array.of(BigInt(windowLength - 1)) },
      { name: 'anchor_feature', dims: [1], values: BigInt64Array.of(BigInt(anchorFeature)) },
    ],
  };
}

function cast(input: string, output: string, to: number): NodeSpec {
  return { operator: 'Cast', inputs: [input], outputs: [output], attributes: { to } };
}
