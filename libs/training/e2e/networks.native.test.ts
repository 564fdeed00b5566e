import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../src/backend/select-backend.js';
import { differenceToPyTorch, networkVectors } from '../src/testing/network-vectors.js';

beforeAll(async () => {
  await selectBackend(['tfjs-node']);
});

it.each(networkVectors)('$title says what PyTorch says, and has its gradients, on tfjs-node', (vector) => {
  expect(differenceToPyTorch(vector)).toBeLessThan(1e-5);
});
