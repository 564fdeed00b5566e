/** `batch` matrices x, [rows, columns], as their transposes y, [columns, rows]. */
export function transposeMatrices(x: usize, y: usize, batch: u32, rows: u32, columns: u32): void {
  const size = (rows * columns) << 2;
  for (let i: u32 = 0; i < batch; i++) {
    transposeMatrix(x, y, rows, columns);
    x += size;
    y += size;
  }
}

/** In 4 x 4 blocks; the rows and columns left over singly. */
function transposeMatrix(x: usize, y: usize, rows: u32, columns: u32): void {
  const fromStep = columns << 2;
  const toStep = rows << 2;
  let row: u32 = 0;
  for (; row + 4 <= rows; row += 4) {
    const from = x + row * fromStep;
    const to = y + (row << 2);
    let column: u32 = 0;
    for (; column + 4 <= columns; column += 4) {
      transposeBlock(from + (column << 2), fromStep, to + column * toStep, toStep);
    }
    transposeSingly(from, fromStep, to, toStep, 4, column, columns);
  }
  transposeSingly(x + row * fromStep, fromStep, y + (row << 2), toStep, rows - row, 0, columns);
}

/** A 4 x 4 transpose; the steps from row to row in bytes. */
export function transposeBlock(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStep);
  const c = v128.load(from + 2 * fromStep);
  const d = v128.load(from + 3 * fromStep);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abNext = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdNext = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + toStep, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * toStep, v128.shuffle<f32>(abNext, cdNext, 0, 1, 4, 5));
  v128.store(to + 3 * toStep, v128.shuffle<f32>(abNext, cdNext, 2, 3, 6, 7));
}

function transposeSingly(
  from: usize,
  fromStep: usize,
  to: usize,
  toStep: usize,
  rows: u32,
  firstColumn: usize,
  columns: u32,
): void {
  for (let column = firstColumn; column < columns; column++) {
    for (let row: usize = 0; row < rows; row++) {
      store<f32>(to + column * toStep + (row << 2), load<f32>(from + row * fromStep + (column << 2)));
    }
  }
}
