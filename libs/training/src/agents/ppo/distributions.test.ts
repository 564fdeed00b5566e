import { describe, expect, it } from 'vitest';
import type { ActionDistribution } from './action-distribution.js';
import { categorical } from './categorical.js';
import { diagonalGaussian } from './diagonal-gaussian.js';

const place = (step: number) => ({ seed: 1, stream: 2, step });

/** Slopes of f·log π + g·H by central differences of the outputs. */
function differences(
  distribution: ActionDistribution,
  outputs: number[],
  action: number[],
  [f, g]: [number, number],
): number[] {
  const value = (moved: number[]): number => {
    const { logProbability, entropy } = distribution.evaluate(Float32Array.from(moved), 0, Float32Array.from(action));
    return f * logProbability + g * entropy;
  };
  const step = 1e-3;
  return outputs.map((_, k) => {
    const at = (by: number): number[] => outputs.map((output, i) => (i === k ? output + by : output));
    return (value(at(step)) - value(at(-step))) / (2 * step);
  });
}

describe('categorical()', () => {
  const outputs = [0.5, -1, 2];

  it('has the chances of a softmax and its entropy, worked by hand', () => {
    // e^0.5, e^-1, e^2 = 1.648721, 0.367879, 7.389056, sum 9.405656
    const { logProbability, entropy } = categorical(3).evaluate(Float32Array.from(outputs), 0, Float32Array.of(2));
    expect(logProbability).toBeCloseTo(Math.log(7.389056 / 9.405656), 6);
    expect(entropy).toBeCloseTo(0.175292 * 1.741311 + 0.039113 * 3.241311 + 0.785597 * 0.241311, 4);
  });

  it('derives as differences do', () => {
    const distribution = categorical(3);
    const slopes = new Float32Array(3);
    distribution.evaluate(Float32Array.from(outputs), 0, Float32Array.of(1));
    distribution.addSlopes({ logProbability: 0.7, entropy: -0.3 }, slopes);
    differences(distribution, outputs, [1], [0.7, -0.3]).forEach((slope, k) => {
      expect(slopes[k]).toBeCloseTo(slope, 3);
    });
  });

  it('draws each choice as often as its chance says, within four standard errors', () => {
    const distribution = categorical(3);
    const [action, counts, draws] = [new Float32Array(1), [0, 0, 0], 20_000];
    for (let step = 0; step < draws; step++) {
      distribution.sample(Float32Array.from(outputs), 0, place(step), action);
      counts[action[0]!]!++;
    }
    counts.forEach((count, choice) => {
      const { logProbability } = distribution.evaluate(Float32Array.from(outputs), 0, Float32Array.of(choice));
      const chance = Math.exp(logProbability);
      expect(Math.abs(count / draws - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / draws));
    });
  });
});

describe('diagonalGaussian()', () => {
  const logSpreads = Float32Array.of(-0.5, 0.3);

  it('has the density and the entropy of independent normals, worked by hand', () => {
    const distribution = diagonalGaussian(logSpreads, new Float32Array(2));
    const { logProbability, entropy } = distribution.evaluate(Float32Array.of(1, -1), 0, Float32Array.of(1.5, 0));
    const part = (distance: number, logSpread: number): number => -0.5 * (distance / Math.exp(logSpread)) ** 2 - logSpread - 0.918939; // prettier-ignore
    expect(logProbability).toBeCloseTo(part(0.5, -0.5) + part(1, 0.3), 5);
    expect(entropy).toBeCloseTo(-0.5 + 0.3 + 2 * 1.418939, 5);
  });

  it('derives as differences do, for the spreads too', () => {
    const [outputs, action] = [[1, -1], [1.5, 0]]; // prettier-ignore
    const spreadSlopes = new Float32Array(2);
    const distribution = diagonalGaussian(logSpreads, spreadSlopes);
    const slopes = new Float32Array(2);
    distribution.evaluate(Float32Array.from(outputs), 0, Float32Array.from(action));
    distribution.addSlopes({ logProbability: 0.7, entropy: -0.3 }, slopes);
    differences(distribution, outputs, action, [0.7, -0.3]).forEach((slope, k) => {
      expect(slopes[k]).toBeCloseTo(slope, 2);
    });
    [0, 1].forEach((k) => {
      const at = (by: number): number => {
        const moved = diagonalGaussian(logSpreads.map((spread, i) => (i === k ? spread + by : spread)), new Float32Array(2)); // prettier-ignore
        const { logProbability, entropy } = moved.evaluate(Float32Array.from(outputs), 0, Float32Array.from(action));
        return 0.7 * logProbability - 0.3 * entropy;
      };
      expect(spreadSlopes[k]).toBeCloseTo((at(1e-3) - at(-1e-3)) / 2e-3, 2);
    });
  });

  it('draws around its mean with its spread, within five standard errors', () => {
    const distribution = diagonalGaussian(logSpreads, new Float32Array(2));
    const action = new Float32Array(2);
    const drawn = Array.from({ length: 10_000 }, (_, step) => {
      distribution.sample(Float32Array.of(1, -1), 0, place(step), action);
      return action[1]!;
    });
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const spread = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
    expect(Math.abs(mean + 1)).toBeLessThan((5 * Math.exp(0.3)) / 100);
    expect(Math.abs(spread / Math.exp(0.3) - 1)).toBeLessThan(5 / Math.sqrt(20_000));
  });
});
