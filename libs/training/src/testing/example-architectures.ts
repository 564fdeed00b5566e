import type { Architecture } from '../sequence/architecture.js';

/** Each architecture, small enough to learn in a second. What holds for all models is tested on these. */
export const exampleArchitectures: readonly Architecture[] = [
  { type: 'lstm', hiddenSize: 8, numLayers: 2, dropout: 0 },
  {
    type: 'transformer',
    modelSize: 8,
    heads: 2,
    numLayers: 1,
    feedForwardSize: 16,
    positions: 'learned',
    dropout: 0,
  },
  {
    type: 'transformer',
    modelSize: 8,
    heads: 4,
    numLayers: 1,
    feedForwardSize: 16,
    positions: 'sinusoidal',
    dropout: 0,
  },
  { type: 'cnn-lstm', filters: 8, kernelSize: 3, convolutions: 2, hiddenSize: 8, numLayers: 1, dropout: 0 },
];

/** Type, and positions where there is a choice. */
export function architectureTitle(architecture: Architecture): string {
  return architecture.type === 'transformer' ? `transformer, ${architecture.positions} positions` : architecture.type;
}
