import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { ReplayBuffer, replayBatch } from './replay-buffer.js';
import { criticLoss, softTargets, temperatureSlope } from './sac-loss.js';
import { drawSquashed, squashedSlopes, type SquashedBatch } from './squashed-gaussian.js';

function drawn(outputs: number[], noise: number[]): SquashedBatch {
  const width = outputs.length / 2;
  const batch = {
    rows: 1,
    width,
    outputs: Float32Array.from(outputs),
    noise: Float64Array.from(noise),
    actions: new Float32Array(width),
    logProbabilities: new Float32Array(1),
  };
  drawSquashed(batch);
  return batch;
}

describe('drawSquashed()', () => {
  it('is a normal deviate behind tanh, with the density that goes with it, worked by hand', () => {
    // u = 0.5 + e^-1·2 = 1.235759; log N = −2 + 1 − 0.918939; tanh u = 0.844242, 1 − tanh² = 0.287256
    const { actions, logProbabilities } = drawn([0.5, -1], [2]);
    expect(actions[0]).toBeCloseTo(0.844242, 5);
    expect(logProbabilities[0]).toBeCloseTo(-1.918939 - Math.log(0.287256), 4);
  });

  it('keeps its digits where tanh has none left', () => {
    // log(1 − tanh² 20) = 2·(log 2 − 20), which 1 − tanh² would give as −∞
    const { logProbabilities } = drawn([20, 0], [0]);
    expect(logProbabilities[0]).toBeCloseTo(-0.918939 - 2 * (Math.LN2 - 20), 4);
  });

  it('cuts log σ to [−20, 2]', () => {
    expect(drawn([0, 9], [0.1]).actions[0]).toBeCloseTo(Math.tanh(0.1 * Math.exp(2)), 6);
  });

  it('integrates to 1 over the actions', () => {
    const rng = createRng(3);
    // E[1 / (2·π(a))] = 1 where 1/2 is the density of a uniform action; a wide spread keeps the variance small.
    const inverse = Array.from({ length: 40_000 }, () => {
      const { logProbabilities } = drawn([0, -0.1], [normal(rng)]);
      return 0.5 / Math.exp(logProbabilities[0]!);
    });
    expect(inverse.reduce((sum, value) => sum + value, 0) / inverse.length).toBeCloseTo(1, 1);
  });
});

describe('squashedSlopes()', () => {
  it('derives as differences of α·log π(a) + f(a) do, the noise held still', () => {
    const [temperature, noise, f] = [0.3, [0.7, -1.2], [0.9, -0.4]];
    const loss = (outputs: number[]): number => {
      const { actions, logProbabilities } = drawn(outputs, noise);
      return temperature * logProbabilities[0]! + f[0]! * actions[0]! + f[1]! * actions[1]!;
    };
    const outputs = [0.4, -0.3, -0.5, 0.2];
    const slopes = new Float32Array(4);
    squashedSlopes(drawn(outputs, noise), temperature, Float32Array.from(f), slopes);
    outputs.forEach((_, k) => {
      const at = (by: number): number => loss(outputs.map((output, i) => (i === k ? output + by : output)));
      expect(slopes[k]).toBeCloseTo((at(1e-2) - at(-1e-2)) / 2e-2, 2);
    });
  });

  it('is flat where log σ is cut', () => {
    const slopes = new Float32Array(2);
    squashedSlopes(drawn([0.4, 3], [0.7]), 0.3, Float32Array.of(1), slopes);
    expect(slopes[1]).toBe(0);
    expect(slopes[0]).not.toBe(0);
  });
});

describe('losses of soft actor-critic', () => {
  it('back up the lower critic less the price of chance, and nothing after a terminal step', () => {
    const targets = new Float32Array(2);
    const batch = {
      rows: 2,
      rewards: Float32Array.of(1, 1),
      terminal: Float32Array.of(0, 1),
      valuesA: Float32Array.of(5, 5),
      valuesB: Float32Array.of(4, 4),
      logProbabilities: Float32Array.of(-2, -2),
    };
    softTargets(batch, { gamma: 0.5, temperature: 0.25 }, targets);
    expect(Array.from(targets)).toEqual([1 + 0.5 * (4 + 0.5), 1]);
  });

  it('pull the critics towards the targets', () => {
    const slopes = new Float32Array(2);
    expect(criticLoss(Float32Array.of(1, 3), Float32Array.of(2, 1), 2, slopes)).toBeCloseTo(0.5 * ((1 + 4) / 2), 6);
    expect(Array.from(slopes)).toEqual([-0.5, 1]);
  });

  it('raise the temperature while the entropy is below its target', () => {
    expect(temperatureSlope(Float32Array.of(2, 0), 2, -3)).toBe(2); // entropy −1 above −3: down
    expect(temperatureSlope(Float32Array.of(5, 5), 2, -3)).toBe(-2); // entropy −5 below −3: up
  });
});

describe('ReplayBuffer', () => {
  const shape = { observations: 2, actions: 1 };
  const step = (i: number) => ({
    observations: Float32Array.of(i, -i),
    actions: Float32Array.of(i / 10),
    rewards: Float32Array.of(i),
    observationsNext: Float32Array.of(i + 1, -i - 1),
    terminal: Float32Array.of(i % 2),
  });
  const filled = (capacity: number, count: number): ReplayBuffer => {
    const buffer = new ReplayBuffer({ capacity, ...shape });
    for (let i = 0; i < count; i++) buffer.add(step(i), 0);
    return buffer;
  };
  const place = { seed: 1, stream: 2, step: 3 };

  it('forgets the oldest steps, and keeps what belongs together', () => {
    const batch = replayBatch(4000, shape);
    filled(50, 130).sample(batch, place);
    const seen = new Set(batch.rewards);
    expect(seen).toEqual(new Set(Array.from({ length: 50 }, (_, i) => 80 + i)));
    batch.rewards.forEach((reward, row) => {
      expect(batch.observations[2 * row + 1]).toBe(-reward);
      expect(batch.observationsNext[2 * row]).toBe(reward + 1);
      expect(batch.terminal[row]).toBe(reward % 2);
    });
  });

  it('grows beyond its first room, and draws with equal chance', () => {
    const batch = replayBatch(30_000, shape);
    filled(10_000, 3000).sample(batch, place);
    const early = batch.rewards.filter((reward) => reward < 1500).length / 30_000;
    expect(Math.abs(early - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 30_000));
    expect(Math.max(...batch.rewards)).toBeGreaterThan(2990);
  });

  it('goes on from a snapshot', () => {
    const [whole, part] = [filled(50, 70), filled(50, 60)];
    const resumed = new ReplayBuffer({ capacity: 50, ...shape });
    resumed.restore(part.snapshot());
    for (let i = 60; i < 70; i++) resumed.add(step(i), 0);
    const [a, b] = [replayBatch(100, shape), replayBatch(100, shape)];
    whole.sample(a, place);
    resumed.sample(b, place);
    expect(b).toEqual(a);
  });
});
