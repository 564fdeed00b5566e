import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from './network.js';

/** Finds the weights of a layer by its name. */
export type LayerWeights = (layer: string) => tf.Tensor[];

/**
 * Weights by layer: `embed` gives `embed.kernel` and `embed.bias`, in the order of the parameters.
 *
 * @param weights in the order of `parameters`
 */
export function layerWeights(parameters: readonly ParameterSpec[], weights: readonly tf.Tensor[]): LayerWeights {
  const layers = new Map<string, tf.Tensor[]>();
  for (const [index, { name }] of parameters.entries()) {
    const layer = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name;
    layers.set(layer, [...(layers.get(layer) ?? []), weights[index]!]);
  }
  return (layer) => layers.get(layer)!;
}
