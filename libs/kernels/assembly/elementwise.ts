import { tanh4 } from './vector-math';

/** y = tanh(x) of `size` numbers. */
export function tanh(x: usize, y: usize, size: u32): void {
  let i: u32 = 0;
  for (; i + 4 <= size; i += 4) v128.store(y + (i << 2), tanh4(v128.load(x + (i << 2))));
  for (; i < size; i++) {
    store<f32>(y + (i << 2), f32x4.extract_lane(tanh4(v128.load_splat<f32>(x + (i << 2))), 0));
  }
}

/** The larger of two numbers each, of `size` pairs; NaN if one of them is. */
export function maximum(a: usize, b: usize, y: usize, size: u32): void {
  let i: u32 = 0;
  for (; i + 4 <= size; i += 4) {
    v128.store(y + (i << 2), f32x4.max(v128.load(a + (i << 2)), v128.load(b + (i << 2))));
  }
  for (; i < size; i++) store<f32>(y + (i << 2), max(load<f32>(a + (i << 2)), load<f32>(b + (i << 2))));
}

/** Adds `bias`, [columns], to every row of y, [rows, columns], and, if asked, replaces what is negative by 0. */
export function addBias(y: usize, bias: usize, rows: u32, columns: u32, relu: bool): void {
  const zero = f32x4.splat(0);
  for (let row: u32 = 0; row < rows; row++) {
    let column: u32 = 0;
    for (; column + 4 <= columns; column += 4) {
      const sum = f32x4.add(v128.load(y), v128.load(bias + (column << 2)));
      v128.store(y, relu ? f32x4.pmax(sum, zero) : sum);
      y += 16;
    }
    for (; column < columns; column++) {
      const sum = load<f32>(y) + load<f32>(bias + (column << 2));
      store<f32>(y, relu && sum < 0 ? 0 : sum);
      y += 4;
    }
  }
}
