import type { OutputColumn } from '../sequence/output-columns.js';

/** One term of the loss; `weight` defaults to 1. */
export type LossTerm =
  /** Mean squared error of the point column. */
  | { readonly type: 'mse'; readonly weight?: number }
  /** Huber's loss of the point column: quadratic below `delta` (scaled units), linear above (Huber 1964). */
  | { readonly type: 'huber'; readonly delta: number; readonly weight?: number }
  /** Pinball loss of one column per level (Koenker & Bassett 1978). */
  | { readonly type: 'pinball'; readonly levels: readonly number[]; readonly weight?: number }
  /** Cross-entropy of the class columns, each window weighted by its class. */
  | { readonly type: 'cross-entropy'; readonly classWeights: readonly number[]; readonly weight?: number };

/**
 * The columns a network must have for a loss: the point if a term asks for it, then quantiles, or the classes.
 *
 * @example
 * ```ts
 * import { outputColumns } from '@i-drill/training';
 * outputColumns([{ type: 'pinball', levels: [0.1] }, { type: 'mse' }]); // => [{ kind: 'point' }, { kind: 'quantile', level: 0.1 }]
 * outputColumns([{ type: 'cross-entropy', classWeights: [1, 2] }], ['fine', 'kick']).length; // => 2
 * ```
 */
export function outputColumns(terms: readonly LossTerm[], classes: readonly string[] = []): OutputColumn[] {
  const point = terms.some(({ type }) => type === 'mse' || type === 'huber');
  const levels = terms.flatMap((term) => (term.type === 'pinball' ? term.levels : []));
  const named = terms.some(({ type }) => type === 'cross-entropy') ? classes : [];
  return [
    ...(point ? [{ kind: 'point' } as const] : []),
    ...levels.map((level) => ({ kind: 'quantile', level }) as const),
    ...named.map((name) => ({ kind: 'class', name }) as const),
  ];
}

/** A loss and its slope. */
export interface LossAndSlope {
  readonly loss: number;
  /** Derivative of the loss for every output, shape [B, O]. */
  readonly slope: Float32Array;
}

/**
 * The weighted sum of the terms for a batch, and its slope. Of B windows with output ŷ and scaled target y, e = ŷ − y:
 *
 *   mse             1/B · Σ e²
 *   huber           1/B · Σ ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ)                              (Huber 1964, eq. 2.3)
 *   pinball         1/(B·Q) · Σ Σ_τ max(τ·(y − q_τ), (τ − 1)·(y − q_τ)) over Q levels τ        (Koenker & Bassett 1978)
 *   cross-entropy   1/B · Σ −w_y · log softmax(ŷ)_y,  y the index of the class, w its weight
 *
 * The slope of the pinball loss where q equals y, which has none, is 0. A batch is so small a table that plain code in
 * double precision takes no time beside the network, and serves training and validation on every backend alike.
 *
 * @param outputs row-major, shape [B, O], columns as `outputColumns` gives them
 * @param targets shape [B]
 */
export function lossAndSlope(terms: readonly LossTerm[], outputs: Float32Array, targets: Float32Array): LossAndSlope {
  const batch = targets.length;
  const table: LossTable = { outputs, targets, width: outputs.length / batch, slope: new Float32Array(outputs.length) };
  const firstLevel = terms.some(({ type }) => type === 'mse' || type === 'huber') ? 1 : 0;
  let [sum, column] = [0, firstLevel];
  for (const term of terms) {
    sum += (term.weight ?? 1) * addTerm(term, table, column);
    if (term.type === 'pinball') column += term.levels.length;
  }
  return { loss: sum / batch, slope: table.slope };
}

/**
 * The scale on which a loss is judged: that of an output of 0, for these targets or for targets that are 1 throughout (one
 * standard deviation), whichever is larger. A network worth its name does better; one that diverges does far worse.
 *
 * @param width columns of the output
 */
export function referenceLoss(terms: readonly LossTerm[], width: number, targets: Float32Array): number {
  const lossOfZero = (of: Float32Array): number => lossAndSlope(terms, new Float32Array(of.length * width), of).loss;
  return Math.max(lossOfZero(targets), lossOfZero(Float32Array.of(1)));
}

interface LossTable {
  readonly outputs: Float32Array;
  readonly targets: Float32Array;
  /** O. */
  readonly width: number;
  /** Collects the slopes of all terms. */
  readonly slope: Float32Array;
}

/** Sum of one term over the batch. Adds its slope to the table. `column` is the first of the next quantile columns. */
function addTerm(term: LossTerm, table: LossTable, column: number): number {
  const scale = (term.weight ?? 1) / table.targets.length;
  switch (term.type) {
    case 'mse':
      return addColumn(table, { column: 0, scale, loss: (error) => error * error, slope: (error) => 2 * error });
    case 'huber':
      return addColumn(table, { column: 0, scale, ...huber(term.delta) });
    case 'pinball':
      return addPinball(table, { levels: term.levels, column, scale });
    case 'cross-entropy':
      return addCrossEntropy(table, term.classWeights, scale);
  }
}

/** A loss of the error ŷ − y of one column. */
interface ColumnLoss {
  readonly column: number;
  /** Factor of the slope. */
  readonly scale: number;
  readonly loss: (error: number) => number;
  readonly slope: (error: number) => number;
}

function addColumn({ outputs, targets, width, slope }: LossTable, column: ColumnLoss): number {
  let sum = 0;
  for (let b = 0; b < targets.length; b++) {
    const index = b * width + column.column;
    const error = outputs[index]! - targets[b]!;
    sum += column.loss(error);
    slope[index]! += column.scale * column.slope(error);
  }
  return sum;
}

function huber(delta: number): Pick<ColumnLoss, 'loss' | 'slope'> {
  return {
    loss: (error) => (Math.abs(error) <= delta ? (error * error) / 2 : delta * (Math.abs(error) - delta / 2)),
    slope: (error) => (Math.abs(error) <= delta ? error : delta * Math.sign(error)),
  };
}

interface QuantileColumns {
  readonly levels: readonly number[];
  /** The first of them. */
  readonly column: number;
  readonly scale: number;
}

function addPinball(table: LossTable, { levels, column, scale }: QuantileColumns): number {
  const sums = levels.map((level, index) =>
    addColumn(table, {
      column: column + index,
      scale: scale / levels.length,
      loss: (error) => (error < 0 ? -level * error : (1 - level) * error),
      slope: (error) => (error < 0 ? -level : error > 0 ? 1 - level : error), // error: 0, or NaN
    }),
  );
  return sums.reduce((total, sum) => total + sum, 0) / levels.length;
}

function addCrossEntropy(
  { outputs, targets, width, slope }: LossTable,
  classWeights: readonly number[],
  scale: number,
): number {
  let sum = 0;
  for (let b = 0; b < targets.length; b++) {
    const label = targets[b]!;
    const weight = classWeights[label];
    if (weight === undefined) throw unknownClass(label, classWeights.length);
    const shares = softmax(outputs.subarray(b * width, (b + 1) * width));
    sum -= weight * shares.logOf(label);
    for (let c = 0; c < width; c++) {
      slope[b * width + c]! += scale * weight * (shares.values[c]! - (c === label ? 1 : 0));
    }
  }
  return sum;
}

/**
 * softmax(z)_c = exp(z_c − max z) / Σ exp(z − max z), and its logarithm without the rounding of a tiny share.
 */
export function softmax(logits: Float32Array): { values: Float64Array; logOf: (index: number) => number } {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return {
    values: powers.map((power) => power / total),
    logOf: (index) => logits[index]! - largest - Math.log(total),
  };
}

function unknownClass(label: number, classes: number): RangeError {
  return new RangeError(
    `Cannot train: a target is ${label}; the target of a window is the index of its class, from 0 to ${classes - 1}`,
  );
}
