/**
 * Copies runs of `width` numbers that lie `size0` x `size1` x `size2` in strides: run (i, j, k) from
 * x + i · from0 + j · from1 + k · from2 to y + i · to0 + j · to1 + k · to2, in numbers. Slices, concatenations and
 * transposes that leave the last axis alone are such copies.
 */
export function copyBlocks(
  x: usize,
  y: usize,
  width: u32,
  size0: u32,
  size1: u32,
  size2: u32,
  from0: u32,
  from1: u32,
  from2: u32,
  to0: u32,
  to1: u32,
  to2: u32,
): void {
  for (let i: u32 = 0; i < size0; i++) {
    for (let j: u32 = 0; j < size1; j++) {
      let from = x + ((i * from0 + j * from1) << 2);
      let to = y + ((i * to0 + j * to1) << 2);
      for (let k: u32 = 0; k < size2; k++) {
        copyRun(from, to, width);
        from += from2 << 2;
        to += to2 << 2;
      }
    }
  }
}

/** For short runs faster than `memory.copy`, which leaves the module. */
function copyRun(from: usize, to: usize, width: u32): void {
  if (width >= 256) {
    memory.copy(to, from, width << 2);
    return;
  }
  let i: u32 = 0;
  for (; i + 4 <= width; i += 4) v128.store(to + (i << 2), v128.load(from + (i << 2)));
  for (; i < width; i++) store<f32>(to + (i << 2), load<f32>(from + (i << 2)));
}
