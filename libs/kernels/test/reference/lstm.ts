/** What a plain LSTM layer reads: x [T, B, F], weights [U + F + 1, 4U]. */
export interface PlainLayer {
  readonly x: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly steps: number;
  readonly batch: number;
  readonly features: number;
  readonly units: number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** An LSTM layer by its formula, in float64: the oracle of `lstmForward`. */
export function plainLstm(layer: PlainLayer): { hidden: Float64Array; cells: Float64Array; gates: Float64Array } {
  const { steps, batch, units } = layer;
  const hidden = new Float64Array(steps * batch * units);
  const cells = new Float64Array(steps * batch * units);
  const gates = new Float64Array(4 * steps * batch * units);
  for (let position = 0; position < steps * batch; position++) {
    const z = preactivations(layer, hidden, position);
    for (let unit = 0; unit < units; unit++) {
      const [zi, zf, zg, zo] = [0, 1, 2, 3].map((block) => z[block * units + unit]!) as [
        number,
        number,
        number,
        number,
      ];
      const [i, f, g, o] = [sigmoid(zi), sigmoid(zf), Math.tanh(zg), sigmoid(zo)];
      [i, f, g, o].forEach((gate, block) => (gates[(position * 4 + block) * units + unit] = gate));
      const previous = position >= batch ? cells[(position - batch) * units + unit]! : 0;
      const cell = f * previous + i * g;
      cells[position * units + unit] = cell;
      hidden[position * units + unit] = o * Math.tanh(cell);
    }
  }
  return { hidden, cells, gates };
}

/** z of one step of one sequence: [h_{t−1}, x_t, 1] · W. `position` is t · batch + sequence. */
function preactivations({ x, weights, batch, features, units }: PlainLayer, hidden: Float64Array, position: number) {
  const before = position - batch;
  const previous = Array.from({ length: units }, (_, unit) => (before < 0 ? 0 : hidden[before * units + unit]!));
  const inputs = [...previous, ...Array.from({ length: features }, (_, k) => x[position * features + k]!), 1];
  return Float64Array.from({ length: 4 * units }, (_, column) =>
    inputs.reduce((sum, input, row) => sum + input * weights[row * 4 * units + column]!, 0),
  );
}

/** Σ hidden ∘ pull, for derivatives by finite differences. */
export function pulledSum(layer: PlainLayer, pull: ArrayLike<number>): number {
  return plainLstm(layer).hidden.reduce((sum, value, index) => sum + value * pull[index]!, 0);
}
