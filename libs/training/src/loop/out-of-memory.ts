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
  /invalid (typed array|array buffer|array) length/i,
  /cannot enlarge memory/i,
  /resource[ _]?exhausted/i,
  /TF_Status: 8\b/,
  /memory access out of bounds/i,
];

/** What decides how much memory is taken. */
export interface MemoryUse {
  /** What was tried, for the message. */
  readonly action: 'train' | 'predict';
  readonly batchSize: number;
  readonly windowLength: number;
}

/** The error as `TRAINING_OUT_OF_MEMORY` if the backend ran out of memory, else the error itself. */
export function namedIfOutOfMemory(error: unknown, use: MemoryUse): unknown {
  if (!isOutOfMemory(error)) return error;
  const { action, batchSize, windowLength } = use;
  const remedy =
    action === 'train' ? 'lower batchSize or windowLength, or choose a smaller network' : 'choose a smaller network';
  return new TrainingError(
    `Cannot ${action}: the backend ran out of memory with batches of ${batchSize} windows of ${windowLength} rows; ` +
      remedy,
    { code: 'TRAINING_OUT_OF_MEMORY', details: { batchSize, windowLength }, cause: error },
  );
}

function isOutOfMemory(error: unknown): boolean {
  if (error instanceof TrainingError) return error.code === 'TRAINING_OUT_OF_MEMORY';
  const message = error instanceof Error ? error.message : String(error);
  return signs.some((sign) => sign.test(message));
}
