/** Adds the sum of every column of x, [rows, columns], to `sums`, [columns]. Rows are added in order. */
export function addColumnSums(x: usize, rows: u32, columns: u32, sums: usize): void {
  const step = columns << 2;
  let column: u32 = 0;
  for (; column + 8 <= columns; column += 8) {
    let from = x + (column << 2);
    let left = f32x4.splat(0);
    let right = left;
    for (let row: u32 = 0; row < rows; row++) {
      left = f32x4.add(left, v128.load(from));
      right = f32x4.add(right, v128.load(from, 16));
      from += step;
    }
    const to = sums + (column << 2);
    v128.store(to, f32x4.add(v128.load(to), left));
    v128.store(to, f32x4.add(v128.load(to, 16), right), 16);
  }
  for (; column < columns; column++) {
    let sum: f32 = 0;
    for (let row: u32 = 0; row < rows; row++) sum += load<f32>(x + row * step + (column << 2));
    const to = sums + (column << 2);
    store<f32>(to, load<f32>(to) + sum);
  }
}

/**
 * Sum of every column of `batch` matrices [rows, columns], times `scale`: sums [batch, columns]. Blocks of rows are
 * summed by themselves, so that a long column does not lose its small values.
 */
export function columnSums(x: usize, sums: usize, batch: u32, rows: u32, columns: u32, scale: f32): void {
  memory.fill(sums, 0, (batch * columns) << 2);
  for (let i: u32 = 0; i < batch; i++) {
    for (let row: u32 = 0; row < rows; row += 128) {
      addColumnSums(x + ((row * columns) << 2), min(128, rows - row), columns, sums);
    }
    if (scale != 1) multiplyBy(sums, columns, scale);
    x += (rows * columns) << 2;
    sums += columns << 2;
  }
}

function multiplyBy(x: usize, size: u32, scale: f32): void {
  for (let i: u32 = 0; i < size; i++) store<f32>(x + (i << 2), load<f32>(x + (i << 2)) * scale);
}
