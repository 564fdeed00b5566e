import { exp4, max4, sum4 } from './vector-math';

/**
 * Softmax of every row in place: e^(s·x − s·max) / Σ e^(s·x − s·max), with a scale s > 0. A row that holds NaN becomes NaN.
 *
 * @param x [rows, columns]
 */
export function softmaxRows(x: usize, rows: u32, columns: u32, scale: f32): void {
  for (let row: u32 = 0; row < rows; row++) {
    softmax(x, columns, scale);
    x += columns << 2;
  }
}

function softmax(x: usize, columns: u32, scale: f32): void {
  const whole = columns & ~3;
  const largest = rowMaximum(x, columns);
  const scale4 = f32x4.splat(scale);
  const largest4 = f32x4.splat(largest);
  let sums = f32x4.splat(0);
  for (let i: u32 = 0; i < whole; i += 4) {
    const value = exp4(f32x4.mul(scale4, f32x4.sub(v128.load(x + (i << 2)), largest4)));
    v128.store(x + (i << 2), value);
    sums = f32x4.add(sums, value);
  }
  let sum = sum4(sums);
  for (let i = whole; i < columns; i++) {
    const value = f32x4.extract_lane(exp4(f32x4.splat(scale * (load<f32>(x + (i << 2)) - largest))), 0);
    store<f32>(x + (i << 2), value);
    sum += value;
  }
  const share: f32 = 1 / sum;
  for (let i: u32 = 0; i < whole; i += 4) {
    v128.store(x + (i << 2), f32x4.mul(v128.load(x + (i << 2)), f32x4.splat(share)));
  }
  for (let i = whole; i < columns; i++) store<f32>(x + (i << 2), load<f32>(x + (i << 2)) * share);
}

function rowMaximum(x: usize, columns: u32): f32 {
  const whole = columns & ~3;
  let largest4 = f32x4.splat(-Infinity);
  for (let i: u32 = 0; i < whole; i += 4) largest4 = f32x4.max(largest4, v128.load(x + (i << 2)));
  let largest = max4(largest4);
  for (let i = whole; i < columns; i++) largest = max(largest, load<f32>(x + (i << 2)));
  return largest;
}

/**
 * The gradient of softmax for every row, in place: δx = s · y ∘ (δy − Σ δy ∘ y).
 *
 * @param y what softmax gave, [rows, columns]
 * @param dy δy, replaced by δx
 */
export function softmaxGradientRows(y: usize, dy: usize, rows: u32, columns: u32, scale: f32): void {
  const whole = columns & ~3;
  for (let row: u32 = 0; row < rows; row++) {
    let sums = f32x4.splat(0);
    for (let i: u32 = 0; i < whole; i += 4) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(y + (i << 2)), v128.load(dy + (i << 2))));
    }
    let sum = sum4(sums);
    for (let i = whole; i < columns; i++) sum += load<f32>(y + (i << 2)) * load<f32>(dy + (i << 2));
    const common = f32x4.splat(sum);
    for (let i: u32 = 0; i < whole; i += 4) {
      const slope = f32x4.mul(v128.load(y + (i << 2)), f32x4.splat(scale));
      v128.store(dy + (i << 2), f32x4.mul(slope, f32x4.sub(v128.load(dy + (i << 2)), common)));
    }
    for (let i = whole; i < columns; i++) {
      store<f32>(dy + (i << 2), load<f32>(y + (i << 2)) * scale * (load<f32>(dy + (i << 2)) - sum));
    }
    y += columns << 2;
    dy += columns << 2;
  }
}
