import { TrainingError } from '../errors.js';

/**
 * What backends say when memory ends: V8 ("Array buffer allocation failed", "Invalid typed array length"), Emscripten ("OOM",
 * "Cannot enlarge memory arrays"), WebAssembly ("memory access out of bounds" after a failed allocation, "Out of memory"),
 * TensorFlow (status 8, ResourceExhausted, "OOM when allocating tensor").
 */
const signs: readonly RegExp[] = [
  /out of memory/i,
  /\bOOM\b/,
  /allocation failed/i,
  /invalid (typed )?array length/i,
  /cannot enlarge memory/i,
  /resource[ _]?exhausted/i,
  /TF_Status: 8\b/,
  /memory access out of bounds/i,
];

/** What decides how much memory a step takes. */
export interface StepSize {
  readonly batchSize: number;
  readonly windowLength: number;
}

/** The error as `TRAINING_OUT_OF_MEMORY` if the backend ran out of memory, else the error itself. */
export function namedIfOutOfMemory(error: unknown, { batchSize, windowLength }: StepSize): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TrainingError || !signs.some((sign) => sign.test(message))) return error;
  return new TrainingError(
    `Cannot train: the backend ran out of memory with batches of ${batchSize} windows of ${windowLength} rows; ` +
      'lower batchSize or windowLength, or choose a smaller network',
    { code: 'TRAINING_OUT_OF_MEMORY', details: { batchSize, windowLength }, cause: error },
  );
}
