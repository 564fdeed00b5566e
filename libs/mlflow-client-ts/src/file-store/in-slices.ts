import { setImmediate as nextTurn } from 'node:timers/promises';

const sliceMs = 8;

/** Does synchronous work for every item, in slices between which other work of the process runs. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let end = performance.now() + sliceMs;
  for (const item of items) {
    work(item);
    if (performance.now() < end) continue;
    await nextTurn();
    end = performance.now() + sliceMs;
  }
}
