import type * as tf from '@tensorflow/tfjs-core';
import type { LstmArchitecture } from './architecture.js';
import { dense, denseParameters } from './dense.js';
import { lstmInitial } from './initial-weights.js';
import { layerWeights } from './layer-weights.js';
import { lstmLayer } from './lstm.js';
import type { NetworkShape, ParameterSpec, SequenceNetwork } from './network.js';

/**
 * A stack of LSTM layers (`lstm.ts` has their formula) and a linear output on the last hidden state of the top one:
 *
 *   ŷ = drop(h_T) · k + b                                       ŷ: [B, O]
 *
 * Each layer below the top hands on all its hidden states, [T, B, U], through dropout.
 */
export function lstmNetwork(architecture: LstmArchitecture, shape: NetworkShape): SequenceNetwork {
  const { hiddenSize, numLayers, dropout: share } = architecture;
  const parameters = [
    ...lstmParameters(architecture, shape.features),
    ...denseParameters('head', hiddenSize, shape.outputs),
  ];
  return {
    parameters,
    apply(weights, x, dropout) {
      const of = layerWeights(parameters, weights);
      const drop = <T extends tf.Tensor>(value: T): T => (dropout && share > 0 ? dropout(value, share) : value);
      const layers = Array.from({ length: numLayers }, (_, layer) => of(`lstm${layer}`)[0] as tf.Tensor2D);
      return dense(lstmStack(layers, x, { drop, inputGradient: false }), of('head'));
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

/** What happens around the layers of a stack. */
export interface StackOptions {
  /** Applied to what each layer hands on. */
  readonly drop: <T extends tf.Tensor>(x: T) => T;
  /** Whether the loss is differentiated with respect to the input of the stack too; no for data. */
  readonly inputGradient: boolean;
}

/**
 * The last hidden state of the top layer, after dropout, shape [B, U].
 *
 * @param layers one matrix per layer, from the input upwards
 * @param x shape [T, B, F]
 */
export function lstmStack(
  layers: readonly tf.Tensor2D[],
  x: tf.Tensor3D,
  { drop, inputGradient }: StackOptions,
): tf.Tensor2D {
  return layers.reduce<tf.Tensor>((input, layer, index) => {
    const output = index === layers.length - 1 ? 'last-step' : 'every-step';
    return drop(lstmLayer(input as tf.Tensor3D, layer, { output, inputGradient: index > 0 || inputGradient }));
  }, x) as tf.Tensor2D;
}
