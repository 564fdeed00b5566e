import type { BackendReport } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { backendWords } from './backend-words.js';

const wasm: BackendReport = {
  name: 'wasm',
  tfjsVersion: '4.22.0',
  tried: [{ name: 'tfjs-node', reason: "Cannot find package '@tensorflow/tfjs-node'" }],
};

describe('backendWords()', () => {
  it('says what is used, how fast it is, and how to get what is faster', () => {
    expect(backendWords(wasm, 8343.7, 'linux x64')).toEqual({
      found: 'wasm, 8344 windows/s, an LSTM of 64 units on windows of 30 × 14',
      hint: `tfjs-node trains 1.3 to 1.7 times as fast: "npm run native" sets it up (now: Cannot find package '@tensorflow/tfjs-node')`,
    });
  });

  it('does not advise what cannot be set up', () => {
    expect(backendWords(wasm, 1, 'darwin arm64').hint).toContain('can be set up on linux x64 only');
  });

  it('has no hint where the fastest is used, and names its library', () => {
    const native: BackendReport = { name: 'tfjs-node', tfjsVersion: '4.22.0', tensorflowVersion: '2.21.0', tried: [] };
    const words = backendWords(native, 1, 'linux x64');
    expect(words.found).toContain('tfjs-node (TensorFlow 2.21.0), ');
    expect(words.hint).toBeUndefined();
  });

  it('tells a choice of the configuration from a backend that is missing', () => {
    expect(backendWords({ ...wasm, tried: [] }, 1, 'linux x64').hint).toContain('training.backend asks for wasm');
    expect(backendWords({ ...wasm, name: 'cpu' }, 1, 'linux x64').hint).toContain('set training.backend');
  });
});
