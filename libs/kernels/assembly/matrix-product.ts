import { packAcross, packAlong, panelSize } from './pack';
import { edgeBytes, multiplyPanels, tileColumns, tileRows } from './tile';
import { multiplyAdd } from './vector-math';

/** Parts of the factors that stay in the nearer caches: 64 rows of A and all columns of B, 256 deep. */
const rowBlock: u32 = 64;
const depthBlock: u32 = 256;

/** Bytes of scratch memory that `multiplyMatrices` needs for `columns` columns. */
export function matrixScratchBytes(columns: u32): u32 {
  return edgeBytes + 4 * (panelSize(rowBlock, depthBlock, tileRows) + panelSize(columns, depthBlock, tileColumns));
}

/**
 * Products of `batch` pairs of matrices, row-major: C = A·B with A [rows, depth], B [depth, columns], C [rows, columns].
 * A transposed factor lies as its transpose: A [depth, rows], B [columns, depth].
 *
 * @param aStep numbers from one A to the next, 0 to use it for all; `bStep` likewise
 * @param accumulate C += A·B
 */
export function multiplyMatrices(
  a: usize,
  b: usize,
  c: usize,
  batch: u32,
  aStep: u32,
  bStep: u32,
  rows: u32,
  columns: u32,
  depth: u32,
  transposeA: bool,
  transposeB: bool,
  accumulate: bool,
  scratch: usize,
): void {
  for (let i: u32 = 0; i < batch; i++) {
    multiply(a, b, c, rows, columns, depth, transposeA, transposeB, accumulate, scratch);
    a += aStep << 2;
    b += bStep << 2;
    c += (rows * columns) << 2;
  }
}

function multiply(
  a: usize,
  b: usize,
  c: usize,
  rows: u32,
  columns: u32,
  depth: u32,
  transposeA: bool,
  transposeB: bool,
  accumulate: bool,
  edge: usize,
): void {
  const leftPanels = edge + edgeBytes;
  const rightPanels = leftPanels + 4 * panelSize(rowBlock, depthBlock, tileRows);
  if (depth == 0 && !accumulate) memory.fill(c, 0, (rows * columns) << 2);
  if (rows == 1 && !transposeB) return multiplyRow(a, b, c, columns, depth, accumulate);
  for (let k: u32 = 0; k < depth; k += depthBlock) {
    const depthHere = min(depthBlock, depth - k);
    const adds = accumulate || k > 0;
    if (transposeB) packAlong(b + (k << 2), depth, columns, depthHere, tileColumns, rightPanels);
    else packAcross(b + ((k * columns) << 2), columns, columns, depthHere, tileColumns, rightPanels);
    for (let row: u32 = 0; row < rows; row += rowBlock) {
      const rowsHere = min(rowBlock, rows - row);
      if (transposeA) packAcross(a + ((k * rows + row) << 2), rows, rowsHere, depthHere, tileRows, leftPanels);
      else packAlong(a + ((row * depth + k) << 2), depth, rowsHere, depthHere, tileRows, leftPanels);
      const target = c + ((row * columns) << 2);
      multiplyPanels(leftPanels, rowsHere, rightPanels, columns, depthHere, target, columns, adds, edge);
    }
  }
}

/** A single row times B: a sum of rows of B, each read once, without packing. */
function multiplyRow(a: usize, b: usize, c: usize, columns: u32, depth: u32, accumulate: bool): void {
  if (!accumulate) memory.fill(c, 0, columns << 2);
  const step = columns << 2;
  for (let k: u32 = 0; k < depth; k += depthBlock) {
    const depthHere = min(depthBlock, depth - k);
    let column: u32 = 0;
    for (; column + 4 <= columns; column += 4) {
      let from = b + k * step + (column << 2);
      let sum = f32x4.splat(0);
      for (let i = k; i < k + depthHere; i++) {
        sum = multiplyAdd(v128.load_splat<f32>(a + (i << 2)), v128.load(from), sum);
        from += step;
      }
      const to = c + (column << 2);
      v128.store(to, f32x4.add(v128.load(to), sum));
    }
    for (; column < columns; column++) {
      let sum: f32 = 0;
      for (let i = k; i < k + depthHere; i++) {
        sum += load<f32>(a + (i << 2)) * load<f32>(b + i * step + (column << 2));
      }
      store<f32>(c + (column << 2), load<f32>(c + (column << 2)) + sum);
    }
  }
}
