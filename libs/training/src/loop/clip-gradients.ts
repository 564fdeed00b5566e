/** The Euclidean norm of all gradients together. NaN or infinite where one of their values is. */
export function gradientNorm(gradients: readonly Float32Array[]): number {
  let squares = 0;
  for (const gradient of gradients) for (const value of gradient) squares += value * value;
  return Math.sqrt(squares);
}

/** What gradients of this common norm are scaled with so that it is at most `limit`: min(1, limit / norm) (Pascanu et al. 2013). */
export function clipFactor(norm: number, limit: number): number {
  return norm > limit ? limit / norm : 1;
}
