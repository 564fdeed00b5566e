import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advantages, type Trajectory } from './advantages.js';

function trajectory(rewards: number[], values: number[], more: Partial<Trajectory> = {}): Trajectory {
  const count = rewards.length;
  return {
    rewards: Float32Array.from(rewards),
    values: Float32Array.from(values.slice(0, count)),
    valuesNext: Float32Array.from(values.slice(1)),
    terminal: new Uint8Array(count),
    last: Uint8Array.from({ length: count }, (_, t) => (t === count - 1 ? 1 : 0)),
    ...more,
  };
}

const pieces = fc
  .array(
    fc.record({
      reward: fc.integer({ min: -9, max: 9 }),
      value: fc.integer({ min: -9, max: 9 }),
      terminal: fc.boolean(),
      cut: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  ) // prettier-ignore
  .map((steps) =>
    trajectory(
      steps.map(({ reward }) => reward),
      [...steps.map(({ value }) => value), 4],
      {
        terminal: Uint8Array.from(steps, ({ terminal }) => (terminal ? 1 : 0)),
        last: Uint8Array.from(steps, ({ terminal, cut }, t) => (terminal || cut || t === steps.length - 1 ? 1 : 0)),
      },
    ),
  );

/** Σ (γλ)^k·δ, written out. */
function plainAdvantages(
  { rewards, values, valuesNext, terminal, last }: Trajectory,
  gamma: number,
  lambda: number,
): number[] {
  const errors = Array.from(
    rewards,
    (reward, t) => reward + (terminal[t] === 1 ? 0 : gamma * valuesNext[t]!) - values[t]!,
  );
  return errors.map((_, from) => {
    let [sum, weight] = [0, 1];
    for (let t = from; t < errors.length; t++) {
      sum += weight * errors[t]!;
      weight *= gamma * lambda;
      if (last[t] === 1) break;
    }
    return sum;
  });
}

describe('advantages()', () => {
  it('is worked out by hand', () => {
    // γ = 0.9, λ = 0.5: δ_1 = 2 + 0.9·3 − 1 = 3.7; δ_0 = 1 + 0.9·1 − 2 = −0.1; A_0 = −0.1 + 0.45·3.7
    const result = advantages(trajectory([1, 2], [2, 1, 3]), { gamma: 0.9, lambda: 0.5 });
    expect(result[1]).toBeCloseTo(3.7, 6);
    expect(result[0]).toBeCloseTo(1.565, 6);
  });

  it('sees nothing of value after a terminal step, and the value of the last state after a limit of steps', () => {
    const ended = trajectory([1, 2], [2, 1, 100], { terminal: Uint8Array.of(0, 1) });
    expect(advantages(ended, { gamma: 0.9, lambda: 0.5 })[1]).toBeCloseTo(1, 6);
    const cut = trajectory([1, 2], [2, 1, 100]);
    expect(advantages(cut, { gamma: 0.9, lambda: 0.5 })[1]).toBeCloseTo(91, 4);
  });

  it('is the sum of discounted errors up to the end of a piece, whatever the pieces', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom(0, 0.5, 0.9, 1), fc.constantFrom(0, 0.3, 1), (steps, gamma, lambda) => {
        const plain = plainAdvantages(steps, gamma, lambda);
        advantages(steps, { gamma, lambda }).forEach((advantage, t) => {
          expect(Math.abs(advantage - plain[t]!)).toBeLessThan(1e-4 * (1 + Math.abs(plain[t]!)));
        });
      }),
    );
  });
});
