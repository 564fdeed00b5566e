import type * as tf from '@tensorflow/tfjs-core';
import { tidy } from '../backend/tidy.js';
import type { CnnLstmArchitecture } from './architecture.js';
import { convolution, convolutionParameters } from './convolution.js';
import { dense, denseParameters } from './dense.js';
import { layerWeights } from './layer-weights.js';
import { lstmParameters, lstmStack } from './lstm-network.js';
import type { NetworkShape, ParameterSpec, SequenceNetwork } from './network.js';
import { pairPooling } from './pair-pooling.js';
import { rectifiedSum } from './rectified-sum.js';

/**
 * Convolutions over time, each followed by pooling over pairs of steps, then a stack of LSTM layers and a linear output:
 *
 *   a_0 = x,  a_{n+1} = drop(pool(max(a_n * k_n + b_n, 0)))      [T, B, C] → [⌈T / 2⌉, B, filters]
 *   ŷ = drop(h_last) · k + b                                     h of the LSTM over the steps that are left; ŷ: [B, O]
 *
 * The sensors are the channels: a filter sees all of them at `kernelSize` neighbouring steps, and is the same for every
 * step (Li, Ding & Sun 2018 convolve each sensor by itself). Bias and rectifier come after pooling here: both rise with
 * what they get, so that the result is the same to the bit, for half the work.
 */
export function cnnLstmNetwork(architecture: CnnLstmArchitecture, shape: NetworkShape): SequenceNetwork {
  const { convolutions, numLayers, dropout: share } = architecture;
  const parameters = cnnLstmParameters(architecture, shape);
  return {
    parameters,
    apply(weights, x, dropout) {
      const of = layerWeights(parameters, weights);
      const drop = <T extends tf.Tensor>(value: T): T => (dropout && share > 0 ? dropout(value, share) : value);
      let features = x;
      for (let index = 0; index < convolutions; index++) {
        const [kernel, bias] = of(`conv${index}`) as [tf.Tensor2D, tf.Tensor1D];
        const input = features;
        features = tidy(() => {
          const filtered = convolution(input, kernel, { inputGradient: index > 0 });
          return drop(rectifiedSum(pairPooling(filtered), bias));
        });
      }
      const layers = Array.from({ length: numLayers }, (_, layer) => of(`lstm${layer}`)[0] as tf.Tensor2D);
      const last = lstmStack(layers, features, { drop, inputGradient: true });
      return dense(last, of('head'));
    },
  };
}

function cnnLstmParameters(architecture: CnnLstmArchitecture, shape: NetworkShape): ParameterSpec[] {
  const { filters, kernelSize, convolutions, hiddenSize } = architecture;
  const convolutionLayers = Array.from({ length: convolutions }, (_, index) =>
    convolutionParameters(`conv${index}`, { kernelSize, channels: index === 0 ? shape.features : filters, filters }),
  );
  return [
    ...convolutionLayers.flat(),
    ...lstmParameters(architecture, filters),
    ...denseParameters('head', hiddenSize, shape.outputs),
  ];
}
