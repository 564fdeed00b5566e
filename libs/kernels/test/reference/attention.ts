/** What plain attention reads: projected [T, B, 3 · heads · size]. */
export interface PlainAttention {
  readonly projected: ArrayLike<number>;
  readonly steps: number;
  readonly batch: number;
  readonly heads: number;
  readonly size: number;
}

/** Self-attention by its formula, in float64: the oracle of `attentionForward`. */
export function plainAttention(attention: PlainAttention): { output: Float64Array; shares: Float64Array } {
  const { projected, steps, batch, heads, size } = attention;
  const width = heads * size;
  const output = new Float64Array(steps * batch * width);
  const shares = new Float64Array(batch * heads * steps * steps);
  for (let index = 0; index < batch * heads * steps; index++) {
    const [t, head, sequence] = [index % steps, Math.floor(index / steps) % heads, Math.floor(index / steps / heads)];
    const part = (which: number, step: number, k: number): number =>
      projected[((step * batch + sequence) * 3 + which) * width + head * size + k]!;
    const scores = Array.from({ length: steps }, (_, s) => dot(size, (k) => part(0, t, k) * part(1, s, k)));
    const row = softmax(scores.map((score) => score / Math.sqrt(size)));
    shares.set(row, index * steps);
    for (let k = 0; k < size; k++) {
      output[(t * batch + sequence) * width + head * size + k] = dot(steps, (s) => row[s]! * part(2, s, k));
    }
  }
  return { output, shares };
}

function dot(length: number, product: (k: number) => number): number {
  return Array.from({ length }, (_, k) => product(k)).reduce((sum, term) => sum + term, 0);
}

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
