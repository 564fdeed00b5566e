import { describe, expect, it } from 'vitest';
import { selectBackend, type BackendName } from '../backend/select-backend.js';
import { differenceToPyTorch, networkVectors } from '../testing/network-vectors.js';
import { buildNetwork } from './build-network.js';

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
