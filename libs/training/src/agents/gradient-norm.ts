/**
 * Factor that brings the common norm of some gradients down to a limit (Pascanu, Mikolov & Bengio 2013, ICML, §3.2); 1 where
 * it is within. PyTorch's `clip_grad_norm_`, with its 1e-6 under the line.
 */
export function clippingFactor(gradients: readonly Float32Array[], maxNorm: number): number {
  let squares = 0;
  for (const gradient of gradients) {
    for (const slope of gradient) squares += slope * slope;
  }
  return Math.min(1, maxNorm / (Math.sqrt(squares) + 1e-6));
}
