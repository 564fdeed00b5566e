import type { Rng } from '@i-drill/core';
import { shuffle } from '@i-drill/numerics';
import { requirePositiveInteger } from './window-ends.js';
import type { Windows } from './windows.js';

/** Some windows on their way to the network. */
export interface WindowBatch {
  readonly count: number;
  /** Raw values, row-major, shape [count, length, featureCount]. */
  readonly inputs: Float32Array;
  /** Raw targets, capped, shape [count]. */
  readonly targets: Float32Array;
}

/** How one pass is made. */
export interface PassOptions {
  /** Windows per batch; the last batch may have fewer. */
  readonly batchSize: number;
  /** Draws the order. @default the order of the data */
  readonly rng?: Rng;
}

/** Windows that need not all be in memory at once. */
export interface WindowSource {
  /** Windows per pass. */
  readonly count: number;
  /** Rows per window. */
  readonly length: number;
  readonly featureCount: number;
  /**
   * One pass: every window once, in batches of `batchSize` (the last may be smaller). With `rng` in an order drawn from
   * it, the same for the same generator; without, in the order of the data.
   */
  batches(options: PassOptions): AsyncIterable<WindowBatch>;
}

/**
 * Windows in memory as a source. Batches in the order of the data share the memory of the windows.
 *
 * @example
 * ```ts
 * import { asWindowSource } from '@i-drill/training';
 * const [inputs, targets] = [Float32Array.of(5, 6, 6, 7), Float32Array.of(30, 20)];
 * const source = asWindowSource({
 *   count: 2, length: 2, featureCount: 1, inputs, targets, unitOf: Int32Array.of(0, 0), units: ['bit 1'],
 * });
 * const seen = [];
 * for await (const batch of source.batches({ batchSize: 1 })) seen.push(Array.from(batch.inputs));
 * seen; // => [[5, 6], [6, 7]]
 * ```
 */
export function asWindowSource(windows: Windows): WindowSource {
  const { count, length, featureCount, inputs, targets } = windows;
  const size = length * featureCount;
  const cut = (chosen: Int32Array): WindowBatch => {
    const batch = emptyBatch(chosen.length, size);
    chosen.forEach((index, b) => {
      batch.inputs.set(inputs.subarray(index * size, (index + 1) * size), b * size);
      batch.targets[b] = targets[index]!;
    });
    return batch;
  };
  const slice = (start: number, end: number): WindowBatch => ({
    count: end - start,
    inputs: inputs.subarray(start * size, end * size),
    targets: targets.subarray(start, end),
  });
  return { count, length, featureCount, batches: (options) => inBatches({ count, cut, slice }, options) };
}

/** Room for some windows of `size` values each. */
export function emptyBatch(count: number, size: number): WindowBatch {
  return { count, inputs: new Float32Array(count * size), targets: new Float32Array(count) };
}

/** Windows in memory that can be taken by number. */
export interface NumberedWindows {
  readonly count: number;
  /** The windows of these numbers, in this order. */
  cut(chosen: Int32Array): WindowBatch;
  /** The windows from one number up to, not including, another, where that is cheaper. @default by `cut` */
  slice?(start: number, end: number): WindowBatch;
}

/** One pass over numbered windows. */
// eslint-disable-next-line @typescript-eslint/require-await -- a source may read from files; these windows are at hand
export async function* inBatches(
  windows: NumberedWindows,
  { batchSize, rng }: PassOptions,
): AsyncGenerator<WindowBatch> {
  requirePositiveInteger('batchSize', batchSize);
  const { count } = windows;
  const inOrder = Array.from({ length: count }, (_, index) => index);
  const order = Int32Array.from(rng === undefined ? inOrder : shuffle(inOrder, rng));
  for (let start = 0; start < count; start += batchSize) {
    const end = Math.min(start + batchSize, count);
    if (rng === undefined && windows.slice !== undefined) yield windows.slice(start, end);
    else yield windows.cut(order.subarray(start, end));
  }
}
