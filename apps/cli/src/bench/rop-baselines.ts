import { fitPreprocessing } from '@i-drill/training';
import { chunksOf, type Chunk, type DrillingLog } from './rop-log.js';

/** Predictions for the rows of a chunk, made from the rows before it. */
export type Predictor = (log: DrillingLog, chunk: Chunk) => ArrayLike<number>;

/** Mean absolute error over the rows of all chunks together, in m/h. */
export function pooledError(log: DrillingLog, predictions: readonly ArrayLike<number>[]): number {
  let sum = 0;
  let rows = 0;
  for (const [k, { start, end }] of chunksOf(log).entries()) {
    for (let row = start; row < end; row++) sum += Math.abs(predictions[k]![row - start]! - log.rop[row]!);
    rows += end - start;
  }
  return sum / rows;
}

/** The last rate of penetration before the chunk, for all its rows. */
export const holdLast: Predictor = ({ rop }, { start, end }) => new Float64Array(end - start).fill(rop[start - 1]!);

/** How many neighbours vote, as in the paper (the default of scikit-learn). */
const neighbours = 5;

/** k nearest neighbours over the columns as they are: what the paper did, without the row number. */
export const rawNeighbours: Predictor = (log, chunk) => nearestMeans(log, chunk, log.columns.map(() => 1)); // prettier-ignore

/** k nearest neighbours over columns that are standardised on the rows before the chunk. */
export const scaledNeighbours: Predictor = (log, chunk) => nearestMeans(log, chunk, columnScales(log, chunk.start));

function columnScales({ columns, values }: DrillingLog, rows: number): readonly number[] {
  const features = values.subarray(0, rows * columns.length);
  const past = { unit: 'past', rows, features, target: new Float64Array(rows) };
  const named = columns.map((name) => ({ name, unit: '-' }));
  const schema = { name: 'past', task: 'rate-of-penetration', features: named, target: named[0]!, source: '' } as const;
  const dataset = { ...schema, segments: [past], fingerprint: '', evaluateOn: 'every-row' } as const;
  return fitPreprocessing(dataset, { windowLength: 1 }).featureScaler.scale;
}

/** Mean rate of penetration of the nearest rows before the chunk, in Euclidean distance; at a tie the first of the file. */
function nearestMeans(
  { columns, values, rop }: DrillingLog,
  { start, end }: Chunk,
  scales: readonly number[],
): Float64Array {
  const width = columns.length;
  const scaled = Float64Array.from(values.subarray(0, end * width), (value, i) => value / scales[i % width]!);
  const means = new Float64Array(end - start);
  for (let row = start; row < end; row++) {
    const nearest: { distance: number; rop: number }[] = [];
    for (let past = 0; past < start; past++) {
      const limit = nearest.length < neighbours ? Number.POSITIVE_INFINITY : nearest.at(-1)!.distance;
      const distance = squaredDistance(scaled, { a: row * width, b: past * width, width }, limit);
      if (distance >= limit) continue;
      const place = nearest.findIndex((other) => distance < other.distance);
      nearest.splice(place < 0 ? nearest.length : place, 0, { distance, rop: rop[past]! });
      nearest.length = Math.min(nearest.length, neighbours);
    }
    means[row - start] = nearest.reduce((sum, other) => sum + other.rop, 0) / nearest.length;
  }
  return means;
}

/** Squared distance of two rows; given up once it reaches the limit. */
function squaredDistance(
  values: Float64Array,
  { a, b, width }: { readonly a: number; readonly b: number; readonly width: number },
  limit: number,
): number {
  let sum = 0;
  for (let s = 0; s < width && sum < limit; s++) sum += (values[a + s]! - values[b + s]!) ** 2;
  return sum;
}
