/**
 * Factor that brings the common norm of some gradients down to a limit (Pascanu, Mikolov & Bengio 2013, ICML, §3.2); 1 where
 * it is within. PyTorch's `clip_grad_norm_`, with its 1e-6 under the line.
 */
export function clippingFactor(gradients: readonly Float32Array[], maxNorm: number): number {
  let squares = 0;
  for (const gradient of gradients) {
    squares += sumOfSquares(gradient);
  }
  return Math.min(1, maxNorm / (Math.sqrt(squares) + 1e-6));
}

/** In four sums, so that an addition need not wait for the one before. */
function sumOfSquares(values: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * values[i]!;
    b += values[i + 1]! * values[i + 1]!;
    c += values[i + 2]! * values[i + 2]!;
    d += values[i + 3]! * values[i + 3]!;
  }
  for (let i = whole; i < values.length; i++) a += values[i]! * values[i]!;
  return a + b + c + d;
}
