import type { ActionSpace } from '@i-drill/core';
import { denseOffsets, type DenseLayer } from '@i-drill/kernels';
import { createRng, normal } from '@i-drill/numerics';
import { createPolicyRunner, describePolicy, type Policy } from '@i-drill/training/agents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPolicy } from '../runtime/open-policy.js';
import { exportPolicy } from './export-policy.js';

const setPoints: ActionSpace = {
  kind: 'continuous',
  components: [
    { name: 'weight_on_bit', unit: 'kN', low: 0, high: 200 },
    { name: 'rotary_speed', unit: 'rpm', low: 30, high: 240 },
  ],
};
const choices: ActionSpace = { kind: 'discrete', names: ['left', 'stay', 'right'] };

interface Kind {
  readonly action: ActionSpace;
  readonly squash: Policy['squash'];
  readonly activation: DenseLayer['activation'];
}

function randomPolicy({ action, squash, activation }: Kind, seed: number): Policy {
  const rng = createRng(seed);
  const outputs = action.kind === 'discrete' ? action.names.length : action.components.length;
  const layers: DenseLayer[] = [
    { inputs: 3, outputs: 16, activation },
    { inputs: 16, outputs, activation: 'linear' },
  ];
  return {
    formatVersion: 1,
    agentType: squash === 'tanh' ? 'sac' : 'ppo',
    environment: 'Demo-v1',
    observation: [
      { name: 'depth', unit: 'm', low: 0, high: 5000 },
      { name: 'torque', unit: 'kN.m', low: -Infinity, high: Infinity },
      { name: 'rig_state', unit: '1', low: 0, high: 2 },
    ],
    action,
    scaling: { mean: [2000, 5, 0.1], scale: [500, 2, 0.3], limit: 5 },
    squash,
    layers,
    parameters: Float32Array.from({ length: denseOffsets(layers).size }, () => 0.6 * normal(rng)),
  };
}

const kinds: fc.Arbitrary<Kind> = fc.record({
  action: fc.constantFrom(setPoints, choices),
  squash: fc.constantFrom('clip' as const, 'tanh' as const),
  activation: fc.constantFrom('tanh' as const, 'relu' as const),
});

describe('exportPolicy()', () => {
  it('does in onnxruntime what the policy does in training, to 1e-5 of the range', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, fc.nat(1000), async (kind, seed) => {
        const policy = randomPolicy(kind, seed);
        const rng = createRng(seed + 1);
        const rows = 40;
        const observations = Float32Array.from({ length: 3 * rows }, (_, i) => [2000 + 800 * normal(rng), 5 + 3 * normal(rng), i % 2][i % 3]!); // prettier-ignore
        const served = await openPolicy(exportPolicy(policy));
        const answers = await served.act(observations, rows);
        await served.close();
        const trained = createPolicyRunner(policy, rows).act(observations, rows);
        const range = kind.action.kind === 'discrete' ? 1 : 210;
        answers.forEach((answer, i) => {
          expect(Math.abs(answer - trained[i]!)).toBeLessThanOrEqual(1e-5 * range);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('carries everything but the weights in the file itself', async () => {
    const policy = randomPolicy({ action: setPoints, squash: 'clip', activation: 'tanh' }, 1);
    const served = await openPolicy(exportPolicy(policy));
    expect(served.description).toEqual(describePolicy(policy));
    expect(served.signature).toEqual({
      inputs: [{ name: 'observation', dtype: 'float32', shape: [-1, 3] }],
      outputs: [{ name: 'action', dtype: 'float32', shape: [-1, 2] }],
    });
    await served.close();
  });

  it('gives the same bytes for the same policy', () => {
    const policy = randomPolicy({ action: choices, squash: 'clip', activation: 'relu' }, 2);
    expect(exportPolicy(policy)).toEqual(exportPolicy(policy));
  });

  it('refuses weights that are no numbers, and parts that do not fit', () => {
    const policy = randomPolicy({ action: choices, squash: 'clip', activation: 'relu' }, 2);
    const broken = policy.parameters.slice();
    broken[5] = NaN;
    const refusal = expect.objectContaining({ code: 'ONNX_INVALID_MODEL' }) as Error;
    expect(() => exportPolicy({ ...policy, parameters: broken })).toThrow(refusal);
    expect(() => exportPolicy({ ...policy, parameters: broken.slice(1) })).toThrow(refusal);
    expect(() => exportPolicy({ ...policy, observation: policy.observation.slice(1) })).toThrow(refusal);
  });
});

describe('openPolicy()', () => {
  it('refuses bytes that are no model, and values that are no observations', async () => {
    await expect(openPolicy(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'ONNX_INVALID_MODEL' });
    const served = await openPolicy(exportPolicy(randomPolicy({ action: choices, squash: 'clip', activation: 'relu' }, 2))); // prettier-ignore
    await expect(served.act(new Float32Array(4), 1)).rejects.toMatchObject({ code: 'ONNX_INPUT_SHAPE' });
    await served.close();
    await served.close();
    await expect(served.act(new Float32Array(3), 1)).rejects.toMatchObject({ code: 'ONNX_RUN_FAILED' });
  });
});
