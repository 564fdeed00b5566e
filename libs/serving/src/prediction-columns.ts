import type { Predictions } from '@i-drill/onnx';

/** What a scoring request is answered with: one list per output of the model, as MLflow's pyfunc flavour gives it. */
export type PredictionColumns = Readonly<Record<string, readonly (readonly number[])[]>>;

/**
 * The answer to `count` windows, shape [count][1] each: `prediction`, and `lower` and `upper` where the model has an interval;
 * of classes their `probabilities`, shape [count][C].
 */
export function predictionColumns({ probabilities, ...values }: Predictions, count: number): PredictionColumns {
  if (probabilities) return { probabilities: rows(probabilities, count) };
  const columns = Object.entries<Float32Array>(values);
  return Object.fromEntries(columns.map(([name, column]) => [name, rows(column, count)]));
}

/** Whether there is a finite value for every window in every column. */
export function isComplete(predictions: Predictions, count: number): boolean {
  const { probabilities, ...values } = predictions;
  const columns = Object.values<Float32Array>(values);
  const shares = probabilities ?? new Float32Array(count);
  return (
    columns.every((column) => column.length === count && column.every(Number.isFinite)) &&
    shares.length >= count &&
    shares.length % count === 0 &&
    shares.every(Number.isFinite)
  );
}

function rows(values: Float32Array, count: number): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * width, (i + 1) * width)));
}
