import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { firstUsable, selectBackend } from './select-backend.js';

describe('selectBackend()', () => {
  it('starts WebAssembly and leaves no handler on the process', async () => {
    const before = process.listeners('uncaughtException').length;
    const report = await selectBackend(['wasm', 'cpu']);
    expect(report).toEqual({ name: 'wasm', tfjsVersion: '4.22.0', tried: [] });
    expect(tf.getBackend()).toBe('wasm');
    expect(process.listeners('uncaughtException')).toHaveLength(before);
  });

  it('switches to plain JavaScript when that is asked for', async () => {
    expect((await selectBackend(['cpu'])).name).toBe('cpu');
    expect(tf.getBackend()).toBe('cpu');
  });

  it('refuses an empty list with TRAINING_NO_BACKEND', async () => {
    await expect(selectBackend([])).rejects.toMatchObject({ code: 'TRAINING_NO_BACKEND', details: { tried: [] } });
  });
});

describe('firstUsable()', () => {
  const missing = new Error("Cannot find package 'x' imported from /somewhere/else.js\nmore");

  it('takes the first that starts and tells in one line, without paths, why those before it did not', async () => {
    const chosen = await firstUsable(['tfjs-node-gpu', 'wasm', 'cpu'], (name) =>
      name === 'tfjs-node-gpu' ? Promise.reject(missing) : Promise.resolve(),
    );
    expect(chosen).toEqual({
      name: 'wasm',
      tried: [{ name: 'tfjs-node-gpu', reason: "Cannot find package 'x'" }],
    });
  });

  it('names every refusal when none is left', async () => {
    const refused = firstUsable(['wasm', 'cpu'], (name) => Promise.reject(new Error(`${name} is broken`)));
    await expect(refused).rejects.toMatchObject({
      code: 'TRAINING_NO_BACKEND',
      message: expect.stringContaining('wasm (wasm is broken), cpu (cpu is broken)') as string,
    });
  });
});
