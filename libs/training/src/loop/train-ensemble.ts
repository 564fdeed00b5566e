import type { SequenceModel } from '../sequence/sequence-model.js';
import { requireSameSeeds } from './check-checkpoint.js';
import { bad } from './check-settings.js';
import type { TrainedMember, TrainingCheckpoint } from './checkpoint.js';
import { outputColumns } from './losses.js';
import { trainMember } from './train-sequence-model.js';
import type { TrainingRequest, TrainingResult } from './training-types.js';

/** A finished training of several networks that make one model. */
export interface EnsembleResult {
  /** Its prediction is the mean over the members. */
  readonly model: SequenceModel;
  /** In the order of the seeds. */
  readonly members: readonly TrainedMember[];
  /** How the training of the last member ended. */
  readonly stopped: TrainingResult['stopped'];
}

/**
 * Trains one network per seed, one after the other, for a model that predicts with their mean (Lakshminarayanan, Pritzel &
 * Blundell 2017, without adversarial training). Each seed takes the place of `settings.seed`. Progress says which member it
 * is of. Checkpoints hold the finished members too, so that an ensemble is taken up again where it stopped, bit for bit.
 *
 * An aborted signal ends the ensemble with the members so far; the one in training counts if an epoch of it is complete, or
 * if there is no other.
 *
 * @throws TrainingError as `trainSequenceModel` does; `TRAINING_CHECKPOINT_MISMATCH` for a checkpoint of other seeds
 * @throws RangeError for no seeds, or one given twice
 *
 * @example
 * ```ts
 * import { fitPreprocessing, makeWindows, selectBackend, trainEnsemble } from '@i-drill/training';
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
 * const { model, members } = await trainEnsemble(request, [1, 2]);
 * model.members.length; // => 2
 * members.map(({ seed }) => seed); // => [1, 2]
 * ```
 */
export async function trainEnsemble(request: TrainingRequest, seeds: readonly number[]): Promise<EnsembleResult> {
  requireSeeds(seeds);
  if (request.resumeFrom) requireSameSeeds(request.resumeFrom, seeds);
  const members = [...(request.resumeFrom?.ensemble?.finished ?? [])];
  let resumed: Pick<TrainingRequest, 'resumeFrom'> = request.resumeFrom ? { resumeFrom: request.resumeFrom } : {};
  let stopped: TrainingResult['stopped'] = 'epochs';
  for (const seed of seeds.slice(members.length)) {
    const wanted = memberRequest(request, { seeds, finished: [...members] });
    const { model, ...result } = await trainMember({ ...wanted, ...resumed });
    resumed = {};
    ({ stopped } = result);
    if (result.bestEpoch > 0 || members.length === 0) members.push({ seed, weights: model.members[0]!, ...result });
    if (stopped === 'interrupted') break;
  }
  return { model: ensembleModel(request, members), members, stopped };
}

function requireSeeds(seeds: readonly number[]): void {
  if (seeds.length === 0) throw bad('seeds', '[]', 'at least one seed');
  if (new Set(seeds).size < seeds.length) throw bad('seeds', `[${seeds.join(', ')}]`, 'each seed once');
}

/** The training of the member that comes after the finished ones, from its beginning. */
function memberRequest(
  { onEpoch, onCheckpoint, settings, ...request }: TrainingRequest,
  ensemble: NonNullable<TrainingCheckpoint['ensemble']>,
): TrainingRequest {
  const { architecture, train, validation, preprocessing, signal, clock } = request;
  const index = ensemble.finished.length;
  const member = { index: index + 1, of: ensemble.seeds.length };
  return {
    ...{ architecture, train, validation, preprocessing, signal, clock },
    settings: { ...settings, seed: ensemble.seeds[index]! },
    ...(onEpoch && { onEpoch: (progress) => { onEpoch({ ...progress, member }); } }), // prettier-ignore
    ...(onCheckpoint && { onCheckpoint: (checkpoint) => onCheckpoint({ ...checkpoint, ensemble }) }),
  };
}

function ensembleModel(
  { architecture, preprocessing, settings }: TrainingRequest,
  members: readonly TrainedMember[],
): SequenceModel {
  const columns = outputColumns(settings.loss, preprocessing.classes);
  return { architecture, preprocessing, columns, members: members.map(({ weights }) => weights) };
}
