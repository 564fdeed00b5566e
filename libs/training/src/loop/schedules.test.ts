import { describe, expect, it } from 'vitest';
import { learningRateAt } from './schedules.js';

const rates = (schedule: Parameters<typeof learningRateAt>[0]['schedule'], epochs: number, stepsPerEpoch: number) =>
  Array.from({ length: epochs * stepsPerEpoch }, (_, step) =>
    learningRateAt(
      { schedule, learningRate: 8, epochs },
      { elapsed: step / stepsPerEpoch, halvings: 0 },
      1 / stepsPerEpoch,
    ),
  );

describe('learningRateAt()', () => {
  it('is halved as often as a plateau was met', () => {
    const at = (halvings: number): number =>
      learningRateAt({ schedule: { type: 'plateau' }, learningRate: 8, epochs: 9 }, { elapsed: 3, halvings }, 0.1);
    expect([at(0), at(1), at(3)]).toEqual([8, 4, 1]);
  });

  it('falls along half a cosine', () => {
    const values = rates({ type: 'cosine', warmupEpochs: 0 }, 4, 1);
    [8, 4 + 4 * Math.SQRT1_2, 4, 4 - 4 * Math.SQRT1_2].forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 12);
    });
  });

  it('first rises in equal steps, to the whole rate at the last step of the warm-up', () => {
    const values = rates({ type: 'cosine', warmupEpochs: 2 }, 4, 2);
    expect(values.slice(0, 5)).toEqual([2, 4, 6, 8, 8]);
    expect(values.slice(4).every((value, index, all) => index === 0 || value < all[index - 1]!)).toBe(true);
    expect(values.at(-1)).toBeGreaterThan(0);
  });
});
