import { describe, expect, it } from 'vitest';
import { inSlices } from './in-slices.js';

function busyFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('inSlices()', () => {
  it('does the work for every item, in order', async () => {
    const done: number[] = [];
    await inSlices([1, 2, 3], (item) => {
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3]);
  });

  it('lets other work of the process run in between', async () => {
    const log: string[] = [];
    setImmediate(() => {
      log.push('other');
    });
    await inSlices([1, 2, 3], (item) => {
      busyFor(10);
      log.push(`item ${item}`);
    });
    expect(log.indexOf('other')).toBeLessThan(3);
  });

  it('ends with the failure of an item', async () => {
    const fail = (): void => {
      throw new Error('no');
    };
    await expect(inSlices([1], fail)).rejects.toThrow('no');
  });
});
