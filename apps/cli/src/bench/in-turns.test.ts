import { describe, expect, it } from 'vitest';
import { inTurns } from './in-turns.js';

describe('inTurns()', () => {
  it('gives results in the order of the items, with no more at a time than the limit', async () => {
    let [running, most] = [0, 0];
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < item; turn++) await Promise.resolve();
      running--;
      return item * 10;
    };
    expect(await inTurns([9, 1, 5, 2], 2, work)).toEqual([90, 10, 50, 20]);
    expect(most).toBe(2);
  });

  it('gives nothing for nothing', async () => {
    expect(await inTurns([], 3, () => Promise.resolve(1))).toEqual([]);
  });

  it('throws the failure of an item', async () => {
    const work = (item: number): Promise<number> =>
      item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item);
    await expect(inTurns([1, 2, 3], 2, work)).rejects.toThrow('two');
  });
});
