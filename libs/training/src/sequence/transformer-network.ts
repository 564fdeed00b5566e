import * as tf from '@tensorflow/tfjs-core';
import { tidy } from '../backend/tidy.js';
import type { TransformerArchitecture } from './architecture.js';
import { selfAttention } from './attention.js';
import { dense, denseParameters } from './dense.js';
import { layerNorm, layerNormParameters } from './layer-norm.js';
import { layerWeights, type LayerWeights } from './layer-weights.js';
import type { NetworkShape, ParameterSpec, SequenceNetwork } from './network.js';
import { learnedPositions, sinusoidalPositions } from './positions.js';

/** Drops a share of values while training; otherwise returns what it gets. */
type Drop = <T extends tf.Tensor>(x: T) => T;

/**
 * A Transformer encoder (Vaswani et al. 2017) whose blocks normalise what they read, not what they hand on (pre-norm,
 * Xiong et al. 2020), and a linear output on the mean over the steps:
 *
 *   a_0 = drop(x · k + b + positions)                       x: [T, B, F], a: [T, B, D]
 *   m_l = a_l + drop(attention(norm(a_l)))                  attention: `attention.ts` between two dense layers
 *   a_{l+1} = m_l + drop(max(norm(m_l) · up, 0) · down)     D → feed-forward size → D, biases not shown
 *   ŷ = drop(mean_t norm(a_L)) · k + b                      ŷ: [B, O]
 */
export function transformerNetwork(architecture: TransformerArchitecture, shape: NetworkShape): SequenceNetwork {
  const { modelSize, heads, numLayers, dropout: share } = architecture;
  const parameters = transformerParameters(architecture, shape);
  const fixed = architecture.positions === 'sinusoidal' && sinusoidalPositions(shape.windowLength, modelSize);
  return {
    parameters,
    apply(weights, x, dropout) {
      const of = layerWeights(parameters, weights);
      const drop: Drop = (value) => (dropout && share > 0 ? dropout(value, share) : value);
      const positions = fixed ? tf.tensor(fixed, [shape.windowLength, modelSize]) : of('positions')[0]!;
      let tokens = drop(embedded(x, of, positions));
      for (let layer = 0; layer < numLayers; layer++) {
        const ofBlock: LayerWeights = (name) => of(`block${layer}.${name}`);
        tokens = tidy(() => feedForward(attended(tokens, ofBlock, { heads, drop }), ofBlock, drop));
      }
      const pooled = tf.mean<tf.Tensor2D>(layerNorm(tokens, of('norm')), 0); // [B, D]
      return dense(drop(pooled), of('head'));
    },
  };
}

/** x · k + b + positions, shape [T, B, D]. */
function embedded(x: tf.Tensor3D, of: LayerWeights, positions: tf.Tensor): tf.Tensor3D {
  const [steps, width] = positions.shape as [number, number];
  const tokens = dense(x, of('embed'), { inputGradient: false });
  return tf.add(tokens, tf.reshape(positions, [steps, 1, width]));
}

/** The first half of a block: every step takes from the others what it attends to. */
function attended(
  tokens: tf.Tensor3D,
  of: LayerWeights,
  { heads, drop }: { readonly heads: number; readonly drop: Drop },
): tf.Tensor3D {
  const projected = dense(layerNorm(tokens, of('norm1')), of('qkv')); // [T, B, 3D]
  return tf.add(tokens, drop(dense(selfAttention(projected, heads), of('out'))));
}

/** The second half of a block: two dense layers, the same for every step. */
function feedForward(tokens: tf.Tensor3D, of: LayerWeights, drop: Drop): tf.Tensor3D {
  const hidden = dense(layerNorm(tokens, of('norm2')), of('up'), { activation: 'relu' });
  return tf.add(tokens, drop(dense(hidden, of('down'))));
}

function transformerParameters(architecture: TransformerArchitecture, shape: NetworkShape): ParameterSpec[] {
  const { modelSize, numLayers, positions } = architecture;
  const blocks = Array.from({ length: numLayers }, (_, layer) => blockParameters(`block${layer}`, architecture));
  return [
    ...denseParameters('embed', shape.features, modelSize),
    ...(positions === 'learned' ? [learnedPositions(shape.windowLength, modelSize)] : []),
    ...blocks.flat(),
    ...layerNormParameters('norm', modelSize),
    ...denseParameters('head', modelSize, shape.outputs),
  ];
}

function blockParameters(block: string, { modelSize, feedForwardSize }: TransformerArchitecture): ParameterSpec[] {
  return [
    ...layerNormParameters(`${block}.norm1`, modelSize),
    ...denseParameters(`${block}.qkv`, modelSize, 3 * modelSize),
    ...denseParameters(`${block}.out`, modelSize, modelSize),
    ...layerNormParameters(`${block}.norm2`, modelSize),
    ...denseParameters(`${block}.up`, modelSize, feedForwardSize),
    ...denseParameters(`${block}.down`, feedForwardSize, modelSize),
  ];
}
