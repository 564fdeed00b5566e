import {
  trainEnsemble,
  type EnsembleResult,
  type EpochProgress,
  type TrainingCheckpoint,
  type TrainingRequest,
} from '@i-drill/training';
import type { LoopPorts } from './ports.js';
import type { TrainRequest } from './train-version.js';
import { openEpochLog } from './training-log.js';
import type { TrainingMaterial } from './training-material.js';

/** Trains the networks of a request; every epoch goes to the run, those before a checkpoint first. */
export async function fitModel(
  ports: LoopPorts,
  request: TrainRequest & { readonly material: TrainingMaterial },
  runId: string,
): Promise<EnsembleResult> {
  const epochs = openEpochLog(ports, runId);
  const { material, settings, checkpoint } = request;
  for (const progress of epochsBefore(checkpoint?.resumeFrom)) epochs.add(progress);
  const training: TrainingRequest = {
    architecture: request.architecture,
    train: material.train,
    validation: material.validation,
    preprocessing: material.preprocessing,
    settings,
    clock: ports.clock,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(checkpoint === undefined ? {} : { onCheckpoint: checkpoint.keep }),
    ...(checkpoint?.resumeFrom === undefined ? {} : { resumeFrom: checkpoint.resumeFrom }),
    onEpoch: (progress) => {
      request.onEpoch?.(progress);
      epochs.add(progress);
    },
  };
  try {
    const result = await trainEnsemble(training, seedsOf(request));
    await epochs.flush();
    return result;
  } finally {
    await epochs.settle(); // the run is not closed while epochs are on their way
  }
}

/** The seeds of the networks: that of the settings, and those after it. */
function seedsOf({ settings, ensemble = 1 }: TrainRequest): number[] {
  return Array.from({ length: ensemble }, (_, member) => settings.seed + member);
}

/** All epochs that a checkpoint holds, in the order in which they were trained. */
function epochsBefore(checkpoint: TrainingCheckpoint | undefined): EpochProgress[] {
  if (checkpoint === undefined) return [];
  const { seeds = [], finished = [] } = checkpoint.ensemble ?? {};
  const histories = [...finished.map(({ history }) => history), checkpoint.history];
  return histories.flatMap((history, i) =>
    history.map((progress) => ({ ...progress, member: { index: i + 1, of: Math.max(1, seeds.length) } })),
  );
}
