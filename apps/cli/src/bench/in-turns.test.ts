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

  it('throws a failure after what is under way, and begins nothing new', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      if (item === 1) throw new Error('one');
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      ended.push(item);
    };
    await expect(inTurns([1, 2, 3, 4], 2, work)).rejects.toThrow('one');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });
});
