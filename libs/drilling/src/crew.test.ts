import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { createCrew } from './crew.js';

function weights(penetrationRate: number | undefined, seed: number): number[] {
  const crew = createCrew('mixed', createRng(seed));
  return Array.from({ length: 30 }, () => crew.nextStand(penetrationRate).weightN);
}

describe('createCrew()', () => {
  it('changes every set-point from stand to stand', () => {
    const crew = createCrew('mixed', createRng(3));
    const [first, second] = [crew.nextStand(undefined), crew.nextStand(undefined)];
    expect(second.weightN).not.toBe(first.weightN);
    expect(second.rotationHz).not.toBe(first.rotationHz);
    expect(second.flow).not.toBe(first.flow);
  });

  it('leans on a slow bit and eases off a fast one, within limits', () => {
    const steady = weights(undefined, 3).at(-1)!;
    expect(weights(0.1 / 3600, 3).at(-1)! / steady).toBeCloseTo(1.6, 9);
    expect(weights(200 / 3600, 3).at(-1)! / steady).toBeCloseTo(0.75, 9);
  });

  it('stays within what the rig can do', () => {
    for (let seed = 0; seed < 50; seed++) {
      const crew = createCrew('hard', createRng(seed));
      for (let stand = 0; stand < 50; stand++) {
        const { weightN, rotationHz, flow } = crew.nextStand(1 / 3600);
        expect(weightN).toBeGreaterThanOrEqual(30e3);
        expect(weightN).toBeLessThanOrEqual(160e3);
        expect(rotationHz).toBeGreaterThanOrEqual(1.2);
        expect(rotationHz).toBeLessThanOrEqual(3);
        expect(flow).toBeGreaterThanOrEqual(0.025);
        expect(flow).toBeLessThanOrEqual(0.045);
      }
    }
  });
});
