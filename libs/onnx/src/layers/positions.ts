/**
 * Fixed positions (Vaswani et al. 2017, §3.5), row-major, shape [T, D]:
 *
 *   p[t, 2i] = sin(t / 10000^(2i / D)),  p[t, 2i + 1] = cos(t / 10000^(2i / D))
 *
 * They are constants of the network, not weights: training has a function of its own for the same table.
 */
export function sinusoidalPositions(steps: number, width: number): Float32Array {
  return Float32Array.from({ length: steps * width }, (_, index) => {
    const column = index % width;
    const angle = Math.floor(index / width) / 10000 ** ((column - (column % 2)) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}
