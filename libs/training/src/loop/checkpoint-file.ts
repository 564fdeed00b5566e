import type { TrainingCheckpoint } from './checkpoint.js';
import { decodeRecord, encodeRecord } from './record-file.js';

const magic = 'IDCK';

/**
 * A checkpoint as bytes.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint, fitPreprocessing, makeWindows, selectBackend, trainSequenceModel } from '@i-drill/training';
 * await selectBackend(['cpu']);
 * const heat = Float64Array.of(20, 21, 23, 26, 30, 35, 41, 48);
 * const dataset = {
 *   name: 'demo', task: 'remaining-useful-life', features: [{ name: 'heat', unit: 'degC' }], target: { name: 'life', unit: 'h' },
 *   segments: [{ unit: 'bit 1', rows: 8, features: heat, target: heat.map((_, row) => 7 - row) }],
 *   source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 * } as const;
 * const windows = makeWindows(dataset, { windowLength: 3 });
 * const request = {
 *   architecture: { type: 'lstm', hiddenSize: 4, numLayers: 1, dropout: 0 },
 *   train: windows,
 *   validation: windows, // better: of other units
 *   preprocessing: fitPreprocessing(dataset, { windowLength: 3 }),
 *   settings: {
 *     loss: [{ type: 'mse' }], learningRate: 0.01, schedule: { type: 'plateau' }, weightDecay: 0,
 *     batchSize: 8, epochs: 2, patience: 2, gradientClip: 1, seed: 1,
 *   },
 *   clock: { now: () => 0, sleep: () => Promise.resolve() },
 * } as const;
 * const saved = [];
 * const { model } = await trainSequenceModel({
 *   ...request,
 *   onCheckpoint: (checkpoint) => void saved.push(encodeCheckpoint(checkpoint)),
 * });
 * const resumed = await trainSequenceModel({ ...request, resumeFrom: decodeCheckpoint(saved[0]) });
 * resumed.model; // => model
 * ```
 */
export function encodeCheckpoint(checkpoint: TrainingCheckpoint): Uint8Array {
  return encodeRecord(magic, checkpoint);
}

/**
 * The checkpoint that `encodeCheckpoint` made these bytes of, identical in every number.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_CORRUPT` for bytes that are cut off or changed, or of another format or version
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, TrainingError } from '@i-drill/training';
 * function codeOf(bytes) {
 *   try {
 *     return decodeCheckpoint(bytes).epoch;
 *   } catch (error) {
 *     return error instanceof TrainingError ? error.code : undefined;
 *   }
 * }
 * codeOf(Uint8Array.of(1, 2, 3)); // => 'TRAINING_CHECKPOINT_CORRUPT'
 * ```
 */
export function decodeCheckpoint(bytes: Uint8Array): TrainingCheckpoint {
  return decodeRecord(magic, bytes) as TrainingCheckpoint;
}
