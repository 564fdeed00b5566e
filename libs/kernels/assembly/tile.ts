import { multiplyAdd } from './vector-math';

/** Rows and columns of the part of a product that is held in registers. */
export const tileRows: u32 = 4;
export const tileColumns: u32 = 8;
/** Up to so many columns are faster one by one than as a tile that is mostly empty. */
const narrowColumns: u32 = 4;
/** Bytes of the buffer that takes a tile which reaches over the edge of the product. */
export const edgeBytes: u32 = 128;

/**
 * Product of two sets of panels: C = A·B, or C += A·B.
 *
 * @param a panels of 4 rows
 * @param b panels of 8 columns
 * @param depth of both panels
 * @param c first value of C, whose rows are `stride` numbers apart
 * @param edge buffer of `edgeBytes`
 */
export function multiplyPanels(
  a: usize,
  rows: u32,
  b: usize,
  columns: u32,
  depth: u32,
  c: usize,
  stride: u32,
  accumulate: bool,
  edge: usize,
): void {
  const rowStep = stride << 2;
  for (let column: u32 = 0; column < columns; column += tileColumns) {
    const right = b + ((column * depth) << 2);
    const columnsHere = min(tileColumns, columns - column);
    if (columnsHere <= narrowColumns) {
      for (let k: u32 = 0; k < columnsHere; k++) {
        multiplyColumn(a, rows, right + (k << 2), depth, c + ((column + k) << 2), rowStep, accumulate);
      }
      continue;
    }
    for (let row: u32 = 0; row < rows; row += tileRows) {
      const left = a + ((row * depth) << 2);
      const target = c + row * rowStep + (column << 2);
      if (row + tileRows <= rows && column + tileColumns <= columns) {
        tile(left, right, depth, target, rowStep, accumulate);
      } else {
        tile(left, right, depth, edge, tileColumns << 2, false);
        copyEdge(edge, target, rowStep, min(tileRows, rows - row), columnsHere, accumulate);
      }
    }
  }
}

/**
 * One column: sums of four panels of A at once, which are its lanes, in the order of depth as in a tile.
 *
 * @param b first value of the column in its panel
 */
function multiplyColumn(a: usize, rows: u32, b: usize, depth: u32, c: usize, step: usize, accumulate: bool): void {
  const panel = depth << 4;
  let row: u32 = 0;
  for (; row + 4 * tileRows <= rows; row += 4 * tileRows) {
    let left = a + ((row * depth) << 2);
    let right = b;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    const end = left + panel;
    while (left < end) {
      const value = v128.load_splat<f32>(right);
      sum0 = multiplyAdd(v128.load(left), value, sum0);
      sum1 = multiplyAdd(v128.load(left + panel), value, sum1);
      sum2 = multiplyAdd(v128.load(left + 2 * panel), value, sum2);
      sum3 = multiplyAdd(v128.load(left + 3 * panel), value, sum3);
      left += 16;
      right += 32;
    }
    const target = c + row * step;
    storeColumn(target, step, sum0, 4, accumulate);
    storeColumn(target + 4 * step, step, sum1, 4, accumulate);
    storeColumn(target + 8 * step, step, sum2, 4, accumulate);
    storeColumn(target + 12 * step, step, sum3, 4, accumulate);
  }
  for (; row < rows; row += tileRows) {
    let left = a + ((row * depth) << 2);
    let right = b;
    let sum = f32x4.splat(0);
    const end = left + panel;
    while (left < end) {
      sum = multiplyAdd(v128.load(left), v128.load_splat<f32>(right), sum);
      left += 16;
      right += 32;
    }
    storeColumn(c + row * step, step, sum, min(tileRows, rows - row), accumulate);
  }
}

/** The first lanes, one below the other. */
function storeColumn(c: usize, step: usize, lanes: v128, count: u32, accumulate: bool): void {
  storeLane(c, f32x4.extract_lane(lanes, 0), accumulate);
  if (count > 1) storeLane(c + step, f32x4.extract_lane(lanes, 1), accumulate);
  if (count > 2) storeLane(c + 2 * step, f32x4.extract_lane(lanes, 2), accumulate);
  if (count > 3) storeLane(c + 3 * step, f32x4.extract_lane(lanes, 3), accumulate);
}

function storeLane(c: usize, value: f32, accumulate: bool): void {
  store<f32>(c, accumulate ? load<f32>(c) + value : value);
}

/**
 * One tile: per step of depth 8 columns of B times 4 values of A. The loop is not unrolled by hand: the compiler of Node
 * does it, and keeps all in registers only if it is the one to do it (16 against 21 GMAC/s).
 */
function tile(a: usize, b: usize, depth: u32, c: usize, step: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + (depth << 4);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let value = v128.load_splat<f32>(a);
    c00 = multiplyAdd(value, b0, c00);
    c01 = multiplyAdd(value, b1, c01);
    value = v128.load_splat<f32>(a, 4);
    c10 = multiplyAdd(value, b0, c10);
    c11 = multiplyAdd(value, b1, c11);
    value = v128.load_splat<f32>(a, 8);
    c20 = multiplyAdd(value, b0, c20);
    c21 = multiplyAdd(value, b1, c21);
    value = v128.load_splat<f32>(a, 12);
    c30 = multiplyAdd(value, b0, c30);
    c31 = multiplyAdd(value, b1, c31);
    a += 16;
    b += 32;
  }
  storeRow(c, c00, c01, accumulate);
  storeRow(c + step, c10, c11, accumulate);
  storeRow(c + 2 * step, c20, c21, accumulate);
  storeRow(c + 3 * step, c30, c31, accumulate);
}

function storeRow(c: usize, left: v128, right: v128, accumulate: bool): void {
  v128.store(c, accumulate ? f32x4.add(v128.load(c), left) : left);
  v128.store(c, accumulate ? f32x4.add(v128.load(c, 16), right) : right, 16);
}

function copyEdge(edge: usize, c: usize, step: usize, rows: u32, columns: u32, accumulate: bool): void {
  for (let row: usize = 0; row < rows; row++) {
    const from = edge + row * (tileColumns << 2);
    const to = c + row * step;
    for (let column: u32 = 0; column < columns; column++) {
      const value = load<f32>(from + (column << 2));
      const at = to + (column << 2);
      store<f32>(at, accumulate ? load<f32>(at) + value : value);
    }
  }
}
