import * as tf from '@tensorflow/tfjs-core';
import type { LstmArchitecture } from './architecture.js';
import { dense, denseParameters } from './dense.js';
import { lstmInitial } from './initial-weights.js';
import { lstmLayer } from './lstm.js';
import type { Dropout, NetworkShape, ParameterSpec, SequenceNetwork } from './network.js';

/**
 * A stack of LSTM layers (`lstm.ts` has their formula) and a linear output on the last hidden state of the top one:
 *
 *   ŷ = dropout(h_T) · k + b
 *
 * Each layer below the top hands on all its hidden states, [T, B, U], through dropout.
 */
export function lstmNetwork(architecture: LstmArchitecture, shape: NetworkShape): SequenceNetwork {
  const { hiddenSize, dropout: share } = architecture;
  const head = denseParameters('head', hiddenSize, shape.outputs);
  return {
    parameters: [...lstmParameters(architecture, shape.features), ...head],
    apply(weights, x, dropout) {
      const layers = weights.slice(0, -head.length) as tf.Tensor2D[];
      const last = lstmStack(layers, x, { share, dropout });
      return dense(last, weights.slice(-head.length));
    },
  };
}

/** One matrix [U + inputs + 1, 4U] per layer, from the input upwards. */
export function lstmParameters(
  { hiddenSize, numLayers }: Pick<LstmArchitecture, 'hiddenSize' | 'numLayers'>,
  features: number,
): ParameterSpec[] {
  return Array.from({ length: numLayers }, (_, layer) => {
    const inputs = layer === 0 ? features : hiddenSize;
    return {
      name: `lstm${layer}.weights`,
      shape: [hiddenSize + inputs + 1, 4 * hiddenSize],
      initial: (rng) => lstmInitial(inputs, hiddenSize, rng),
      decays: true,
    };
  });
}

/** What is dropped between layers and after the last one. */
export interface StackDropout {
  readonly share: number;
  readonly dropout: Dropout | undefined;
}

/** The last hidden state of the top layer, after dropout, shape [B, U]. */
export function lstmStack(
  layers: readonly tf.Tensor2D[],
  x: tf.Tensor3D,
  { share, dropout }: StackDropout,
): tf.Tensor2D {
  return layers.reduce<tf.Tensor>((input, layer, index) => {
    const output = index === layers.length - 1 ? 'last-step' : 'every-step';
    const hidden = lstmLayer(input as tf.Tensor3D, layer, { output, inputGradient: index > 0 });
    return dropout && share > 0 ? dropout(hidden, share) : hidden;
  }, x) as tf.Tensor2D;
}
