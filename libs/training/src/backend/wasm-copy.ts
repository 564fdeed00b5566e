import type { Triple } from '@i-drill/kernels';
import { mergedAxes, type CopyAxis } from './strided-axes.js';
import { heapKernels, type HeapBackend } from './wasm-heap.js';

/** Where a copy begins on the heap. */
export interface CopyEnds {
  readonly x: number;
  readonly y: number;
}

const none: CopyAxis = { size: 1, from: 0, to: 0 };

/**
 * Copies float32 numbers on the heap, whatever strides they have on both sides.
 *
 * @param axes row-major for the side that is written
 * @returns whether it was done: the kernels copy runs along up to three axes, and transpose matrices
 */
export function copyOnHeap(backend: HeapBackend, { x, y }: CopyEnds, axes: readonly CopyAxis[]): boolean {
  if (axes.some(({ size }) => size === 0)) return true;
  const merged = mergedAxes(axes);
  const last = merged.at(-1) ?? { size: 1, from: 1, to: 1 };
  const isRun = last.from === 1 && last.to === 1;
  const outer = isRun ? merged.slice(0, -1) : merged;
  const matrix = isRun ? undefined : matrixTranspose(merged);
  if (matrix) {
    heapKernels(backend).transposeMatrices({ x, y, ...matrix });
    return true;
  }
  if (outer.length > 3) return false;
  const three = [...new Array<CopyAxis>(3 - outer.length).fill(none), ...outer];
  const triple = (of: (axis: CopyAxis) => number): Triple => three.map(of) as [number, number, number];
  heapKernels(backend).copyBlocks({
    x,
    y,
    width: isRun ? last.size : 1,
    sizes: triple(({ size }) => size),
    from: triple(({ from }) => from),
    to: triple(({ to }) => to),
  });
  return true;
}

/** A batch of matrices, one behind the other on both sides, whose transposes are written. */
function matrixTranspose(axes: readonly CopyAxis[]) {
  const [batch, columns, rows] = axes.length === 2 ? [none, ...axes] : axes;
  if (axes.length > 3 || !batch || !columns || !rows) return undefined;
  const size = rows.size * columns.size;
  const expected: readonly CopyAxis[] = [
    batch.size === 1 ? batch : { size: batch.size, from: size, to: size },
    { size: columns.size, from: 1, to: rows.size },
    { size: rows.size, from: columns.size, to: 1 },
  ];
  const isOne = [batch, columns, rows].every(
    ({ from, to }, axis) => from === expected[axis]!.from && to === expected[axis]!.to,
  );
  return isOne ? { batch: batch.size, rows: rows.size, columns: columns.size } : undefined;
}
