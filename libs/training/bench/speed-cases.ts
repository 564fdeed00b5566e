import type { Architecture, ModelType } from '../src/sequence/architecture.js';

/** The batch every step learns from: C-MAPSS has 14 sensors that vary, and windows of 30 cycles are common there. */
export const batchShape = { steps: 30, windows: 256, features: 14 } as const;

/** What a step is made with; nothing is dropped. */
export const stepOptions = {
  loss: [{ type: 'mse' }],
  learningRate: 1e-3,
  weightDecay: 0.01,
  gradientClip: 1,
} as const;

/** The networks that are timed. */
export const architectures: Readonly<Record<ModelType, Architecture>> = {
  lstm: { type: 'lstm', hiddenSize: 64, numLayers: 1, dropout: 0 },
  transformer: {
    type: 'transformer',
    modelSize: 64,
    heads: 4,
    numLayers: 2,
    feedForwardSize: 128,
    positions: 'learned',
    dropout: 0,
  },
  'cnn-lstm': {
    type: 'cnn-lstm',
    filters: 64,
    kernelSize: 3,
    convolutions: 1,
    hiddenSize: 64,
    numLayers: 1,
    dropout: 0,
  },
};

/** Backends that are timed against PyTorch. */
export type TimedBackend = 'tfjs-node' | 'wasm' | 'cpu';

/** How many times PyTorch's time a step may take. `cpu` is for tests and has no goal. */
export const goals: Readonly<Record<ModelType, Partial<Record<TimedBackend, number>>>> = {
  lstm: { 'tfjs-node': 1.1, wasm: 2.5 },
  transformer: { 'tfjs-node': 1.5, wasm: 3 },
  'cnn-lstm': { 'tfjs-node': 1.5, wasm: 3 },
};
