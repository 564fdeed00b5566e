import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clippingFactor } from './gradient-norm.js';
import { orthogonalWeights, uniformWeights } from './initial-weights.js';
import { actionScaling } from './policy/action-scaling.js';
import type { Policy } from './policy/policy.js';
import { createPolicyRunner } from './policy/policy-runner.js';
import { addRows, emptyMoments, spreads } from './policy/running-moments.js';
import { scaleRewards } from './ppo/reward-scale.js';
import { scheduled } from './schedule.js';
import { shuffledRows } from './shuffled-rows.js';

describe('scheduled()', () => {
  it('stays, or runs in a straight line and no further', () => {
    expect(scheduled(0.3, 0.9)).toBe(0.3);
    expect(scheduled({ from: 1, to: 0 }, 0.25)).toBe(0.75);
    expect(scheduled({ from: 1, to: 0 }, 1.5)).toBe(0);
  });
});

describe('clippingFactor()', () => {
  it('brings the common norm of all gradients to the limit, and leaves smaller ones alone', () => {
    expect(clippingFactor([Float32Array.of(3), Float32Array.of(0, 4)], 0.5)).toBeCloseTo(0.1, 6);
    expect(clippingFactor([Float32Array.of(3), Float32Array.of(0, 4)], 6)).toBe(1);
  });
});

describe('orthogonalWeights()', () => {
  it.each([
    [5, 3],
    [3, 5],
    [4, 4],
  ])('has orthonormal vectors along the shorter side of %i × %i, times the gain', (inputs, outputs) => {
    const layers = [{ inputs, outputs, activation: 'tanh' as const }];
    const weights = orthogonalWeights(layers, [2], { seed: 7, network: 0 });
    const at = (i: number, o: number): number => weights[i * outputs + o]! / 2;
    const isTall = inputs >= outputs;
    const [count, length] = isTall ? [outputs, inputs] : [inputs, outputs];
    const vector = (v: number): number[] => Array.from({ length }, (_, k) => (isTall ? at(k, v) : at(v, k)));
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        const dot = vector(a).reduce((sum, value, k) => sum + value * vector(b)[k]!, 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 5);
      }
    }
    expect(Array.from(weights.slice(inputs * outputs))).toEqual(new Array(outputs).fill(0));
  });
});

describe('uniformWeights()', () => {
  it('stays within 1 / √inputs and fills that range; the same draw gives the same weights', () => {
    const layers = [{ inputs: 25, outputs: 200, activation: 'relu' as const }];
    const weights = uniformWeights(layers, { seed: 1, network: 2 });
    expect(Math.max(...weights)).toBeLessThanOrEqual(0.2);
    expect(Math.max(...weights)).toBeGreaterThan(0.199);
    expect(uniformWeights(layers, { seed: 1, network: 2 })).toEqual(weights);
    expect(uniformWeights(layers, { seed: 1, network: 3 })).not.toEqual(weights);
  });
});

describe('shuffledRows()', () => {
  it('is a permutation, the same for the same place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (count, step) => {
        const order = shuffledRows(count, { seed: 1, stream: 2, step });
        expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(shuffledRows(count, { seed: 1, stream: 2, step })).toEqual(order);
      }),
    );
  });
});

describe('addRows()', () => {
  it('gives the moments of all rows, in whatever pieces they come', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.nat(), (values, cut) => {
        const at = cut % values.length;
        const [whole, pieces] = [emptyMoments(1), emptyMoments(1)];
        addRows(whole, values);
        addRows(pieces, values.slice(0, at));
        addRows(pieces, values.slice(at));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(whole.mean[0]).toBeCloseTo(mean, 9);
        expect(pieces.mean[0]).toBeCloseTo(mean, 9);
        expect(pieces.squares[0]).toBeCloseTo(
          values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
          6,
        );
        expect(pieces.count).toBe(values.length);
      }),
    );
  });

  it('calls the spread of equal values 1', () => {
    const moments = emptyMoments(2);
    addRows(moments, [3, 1, 3, 5]);
    expect(spreads(moments)).toEqual([1, 2]);
  });
});

describe('scaleRewards()', () => {
  it('divides by the spread of the discounted return, which begins anew with each episode', () => {
    // γ = 0.5: returns 2, 3 | end, 4, 6: mean 3.75, spread √((1.75² + 0.75² + 0.25² + 2.25²) / 4) = 1.479020
    const state = { moments: emptyMoments(1), returns: new Float64Array(1) };
    const rollout = {
      rewards: Float32Array.of(2, 2, 4, 4),
      last: Uint8Array.of(0, 1, 0, 1),
      terminal: Uint8Array.of(0, 1, 0, 0),
    };
    const scaled = scaleRewards(state, rollout as never, 0.5);
    expect(scaled[0]).toBeCloseTo(2 / 1.47902, 4);
    expect(state.returns[0]).toBe(6); // recording stopped, the episode goes on
  });
});

describe('actionScaling()', () => {
  it('runs from the low bound at −1 to the high one at 1, and stops there', () => {
    const { toPhysical } = actionScaling({
      kind: 'continuous',
      components: [{ name: 'weight', unit: 'kN', low: 50, high: 150 }],
    });
    const into = new Float32Array(4);
    toPhysical(Float32Array.of(-1, 0, 0.5, 3), into);
    expect(Array.from(into)).toEqual([50, 100, 125, 150]);
  });

  it('refuses a component without bounds', () => {
    const components = [{ name: 'weight', unit: 'kN', low: 0, high: Infinity }];
    expect(() => actionScaling({ kind: 'continuous', components })).toThrow(/"weight".*finite bounds/);
  });
});

describe('createPolicyRunner()', () => {
  const policy: Policy = {
    formatVersion: 1,
    agentType: 'sac',
    environment: 'Demo-v1',
    observation: [{ name: 'torque', unit: 'kN.m', low: 0, high: 30 }],
    action: { kind: 'continuous', components: [{ name: 'weight', unit: 'kN', low: 0, high: 200 }] },
    scaling: { mean: [10], scale: [5], limit: 2 },
    squash: 'tanh',
    layers: [{ inputs: 1, outputs: 1, activation: 'linear' }],
    parameters: Float32Array.of(0.5, 0.1),
  };

  it('scales, cuts, computes, squashes and gives physical units, worked by hand', () => {
    const act = createPolicyRunner(policy, 2).act(Float32Array.of(15, 1000), 2);
    expect(act[0]).toBeCloseTo(100 + 100 * Math.tanh(0.5 * 1 + 0.1), 4);
    expect(act[1]).toBeCloseTo(100 + 100 * Math.tanh(0.5 * 2 + 0.1), 4);
  });

  it('takes the choice with the greatest output', () => {
    const choosing: Policy = {
      ...policy,
      action: { kind: 'discrete', names: ['a', 'b', 'c'] },
      layers: [{ inputs: 1, outputs: 3, activation: 'linear' }],
      parameters: Float32Array.of(1, -1, 0, 0, 0, 0.5),
    };
    expect(Array.from(createPolicyRunner(choosing, 3).act(Float32Array.of(20, 0, 10), 3))).toEqual([0, 1, 2]);
  });

  it.each([
    ['parameters', { parameters: new Float32Array(3) }],
    ['inputs of the network', { observation: [] }],
    ['scaled components', { scaling: { mean: [], scale: [], limit: 1 } }],
  ])('refuses %s that do not fit', (what, change) => {
    expect(() => createPolicyRunner({ ...policy, ...change }, 1)).toThrow(what);
  });
});
