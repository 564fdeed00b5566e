import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend, type BackendName } from '../backend/select-backend.js';
import { differenceToPyTorch, networkVectors } from '../testing/network-vectors.js';
import type { Architecture } from './architecture.js';
import { buildNetwork } from './build-network.js';
import type { Dropout } from './network.js';

describe.each(networkVectors)('buildNetwork() of $title', (vector) => {
  it('has the parameters that are expected, by name and shape, in this order', () => {
    const { parameters } = buildNetwork(vector.architecture, vector.shape);
    expect(parameters.map(({ name, shape }) => [name, shape])).toEqual(
      vector.weights.map(({ name, shape }) => [name, shape]),
    );
  });

  it.each<BackendName>(['cpu', 'wasm'])('says what PyTorch says, and has its gradients, on %s', async (backend) => {
    await selectBackend([backend]);
    expect(differenceToPyTorch(vector)).toBeLessThan(1e-5);
  });
});

describe('a network with dropout', () => {
  /** The shapes of what is dropped from in one pass over windows [5, 2, 3]. */
  function droppedFrom(architecture: Architecture): (readonly number[])[] {
    const shapes: (readonly number[])[] = [];
    const network = buildNetwork(architecture, { windowLength: 5, features: 3, outputs: 1 });
    const dropout: Dropout = (x) => {
      shapes.push(x.shape);
      return x;
    };
    tf.tidy(() => {
      const weights = network.parameters.map(({ shape }) => tf.ones([...shape]));
      network.apply(weights, tf.ones([5, 2, 3]), dropout);
    });
    return shapes;
  }

  const lstm = { type: 'lstm', hiddenSize: 4, numLayers: 2 } as const;
  const transformer = { type: 'transformer', modelSize: 4, heads: 2, numLayers: 1, feedForwardSize: 8 } as const;
  const cnnLstm = { type: 'cnn-lstm', filters: 6, kernelSize: 3, convolutions: 1, hiddenSize: 4, numLayers: 1 } as const; // prettier-ignore

  it('drops from what each part hands on', async () => {
    await selectBackend(['cpu']);
    const [dropout, positions] = [0.1, 'sinusoidal'] as const;
    expect(droppedFrom({ ...lstm, dropout })).toEqual([[5, 2, 4], [2, 4]]); // prettier-ignore
    const [tokens, attended, fedForward, pooled] = [[5, 2, 4], [5, 2, 4], [5, 2, 4], [2, 4]]; // prettier-ignore
    expect(droppedFrom({ ...transformer, positions, dropout })).toEqual([tokens, attended, fedForward, pooled]);
    expect(droppedFrom({ ...cnnLstm, dropout })).toEqual([[3, 2, 6], [2, 4]]); // prettier-ignore
  });

  it('drops from nothing where its share is 0', async () => {
    await selectBackend(['cpu']);
    const [dropout, positions] = [0, 'sinusoidal'] as const;
    const architectures = [{ ...lstm, dropout }, { ...transformer, positions, dropout }, { ...cnnLstm, dropout }]; // prettier-ignore
    for (const architecture of architectures) expect(droppedFrom(architecture)).toEqual([]);
  });
});
