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
 *          -> scale · z + mean (+ raw value of the anchor feature in the last row) + 0 · Σ window -> prediction [N, 1]
 *
 * Scaling is computed in double precision: a sensor at 2388 rpm with a deviation of 0.07 rpm would lose three digits of
 * its scaled value to the rounding of the mean alone.
 *
 * The last term is 0, or NaN for a window that holds NaN or an infinity: the LSTM of onnxruntime (1.30, CPU) turns NaN into
 * an ordinary number, and a dead sensor would give a prediction like any other.
 */
export function sequenceGraph({ preprocessing, weights }: SequenceModel): GraphSpec {
  const stages = [
    scaleFeatures(preprocessing),
    runLayers(weights),
    runHead(weights),
    unscaleTarget(preprocessing),
    finish(preprocessing),
  ];
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

function unscaleTarget({ targetScaler }: Preprocessing): Stage {
  return {
    nodes: [
      cast('head', 'head64', elementTypes.double),
      { operator: 'Mul', inputs: ['head64', 'target_scale'], outputs: ['spread'] },
      { operator: 'Add', inputs: ['spread', 'target_mean'], outputs: ['unscaled'] },
    ],
    initializers: [
      { name: 'target_scale', dims: [1], values: Float64Array.from(targetScaler.scale) },
      { name: 'target_mean', dims: [1], values: Float64Array.from(targetScaler.mean) },
    ],
  };
}

/** Adds the anchor, if there is one, and what makes a window with NaN give NaN. */
function finish({ anchorFeature, windowLength }: Preprocessing): Stage {
  const anchor = anchorFeature === undefined ? undefined : addAnchor(anchorFeature, windowLength);
  return {
    nodes: [
      ...(anchor?.nodes ?? []),
      { operator: 'Mul', inputs: ['window64', 'zero'], outputs: ['zeros'] },
      { operator: 'ReduceSum', inputs: ['zeros', 'row_and_feature'], outputs: ['poison3'] }, // [N, 1, 1]
      { operator: 'Squeeze', inputs: ['poison3', 'feature_axis'], outputs: ['poison'] },
      { operator: 'Add', inputs: [anchor === undefined ? 'unscaled' : 'anchored', 'poison'], outputs: ['finished'] },
      cast('finished', outputName, elementTypes.float),
    ],
    initializers: [
      ...(anchor?.initializers ?? []),
      { name: 'zero', dims: [1], values: Float64Array.of(0) },
      { name: 'row_and_feature', dims: [2], values: BigInt64Array.of(1n, 2n) },
      { name: 'feature_axis', dims: [1], values: BigInt64Array.of(2n) },
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
