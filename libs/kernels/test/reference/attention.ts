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
  const value = (t: number, sequence: number, column: number) =>
    projected[(t * batch + sequence) * 3 * width + column]!;
  for (let sequence = 0; sequence < batch; sequence++) {
    for (let head = 0; head < heads; head++) {
      for (let t = 0; t < steps; t++) {
        const part = (which: number, step: number, k: number) => value(step, sequence, which * width + head * size + k);
        const scores = Array.from({ length: steps }, (_, s) => dot(size, (k) => part(0, t, k) * part(1, s, k)));
        const row = softmax(scores.map((score) => score / Math.sqrt(size)));
        shares.set(row, ((sequence * heads + head) * steps + t) * steps);
        for (let k = 0; k < size; k++) {
          output[(t * batch + sequence) * width + head * size + k] = dot(steps, (s) => row[s]! * part(2, s, k));
        }
      }
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
