import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothWeights } from './smooth-weights.js';

function choices(shares: readonly number[], count: number): number[] {
  const choose = smoothWeights(shares.map((share, item) => ({ item, share })));
  return Array.from({ length: count }, () => choose()!);
}

describe('smoothWeights()', () => {
  it("gives nginx's own example: weights 5, 1, 1 spread as a a b a c a a", () => {
    expect(choices([0.5, 0.1, 0.1], 7)).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });

  it('chooses every item exactly as often as its share says', () => {
    const shares = fc.integer({ min: 0, max: 100 }).map((percent) => [percent / 100, (100 - percent) / 100]);
    fc.assert(
      fc.property(shares, ([first, second]) => {
        const chosen = choices([first!, second!], 1000);
        expect(chosen.filter((item) => item === 0)).toHaveLength(Math.round(first! * 1000));
      }),
    );
  });

  it('never lets the count run away from the share by a whole request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (tenThousandths) => {
        const share = tenThousandths / 10_000;
        let first = 0;
        for (const [i, item] of choices([share, 1 - share], 500).entries()) {
          first += item === 0 ? 1 : 0;
          expect(Math.abs(first - share * (i + 1))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('never chooses an item of share 0, and nothing where no item has a share', () => {
    expect(new Set(choices([0, 1], 50))).toEqual(new Set([1]));
    expect(smoothWeights([{ item: 'a', share: 0 }])()).toBeUndefined();
    expect(smoothWeights([])()).toBeUndefined();
  });
});
