import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import type { Architecture } from '../sequence/architecture.js';
import { smallTraining } from '../testing/small-training.js';
import type { TrainingCheckpoint } from './checkpoint.js';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.js';
import { trainEnsemble } from './train-ensemble.js';
import { trainSequenceModel } from './train-sequence-model.js';
import type { TrainingRequest, TrainingResult } from './training-types.js';

/** A training with everything that draws random numbers or changes from epoch to epoch. */
const architecture: Architecture = { type: 'lstm', hiddenSize: 6, numLayers: 2, dropout: 0.3 };
const whole = (epochs = 6): TrainingRequest => ({
  ...smallTraining({ epochs, weightDecay: 0.01, batchSize: 16, patience: 4 }),
  architecture,
});

/** All checkpoints of a training, through bytes and back, and what it ends with. */
async function recorded(
  request: TrainingRequest,
): Promise<{ result: TrainingResult; checkpoints: TrainingCheckpoint[] }> {
  const checkpoints: TrainingCheckpoint[] = [];
  const onCheckpoint = (checkpoint: TrainingCheckpoint): void => {
    checkpoints.push(decodeCheckpoint(encodeCheckpoint(checkpoint)));
  };
  return { result: await trainSequenceModel({ ...request, onCheckpoint }), checkpoints };
}

async function codeAndPath(work: Promise<unknown>): Promise<unknown> {
  const before = tf.memory().numTensors;
  const error = (await work.catch((reason: unknown) => reason)) as { code?: string; details?: { path?: string } };
  expect(tf.memory().numTensors).toBe(before);
  return [error.code, error.details?.path];
}

describe.each(['wasm', 'cpu'] as const)('a training on %s that goes on from a checkpoint', (backend) => {
  beforeAll(async () => {
    await selectBackend([backend]);
  });

  it('ends with the weights of the training that never stopped, after whichever epoch', async () => {
    const { result, checkpoints } = await recorded(whole());
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const resumeFrom of [checkpoints[0]!, checkpoints[3]!, checkpoints[5]!]) {
      const resumed = await recorded({ ...whole(), resumeFrom });
      expect(resumed.result.model).toEqual(result.model);
      expect(resumed.result.bestEpoch).toBe(result.bestEpoch);
      expect(resumed.checkpoints.at(-1) ?? resumeFrom).toEqual(checkpoints.at(-1));
    }
  });

  it('can be given more epochs on the plateau schedule', async () => {
    const { checkpoints } = await recorded(whole(2));
    const longer = await trainSequenceModel({ ...whole(), resumeFrom: checkpoints[1]! });
    expect(longer.model).toEqual((await trainSequenceModel(whole())).model);
  });
});

describe('going on from a checkpoint', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('leaves the checkpoint as it was', async () => {
    const { checkpoints } = await recorded(whole(2));
    const before = encodeCheckpoint(checkpoints[0]!);
    await trainSequenceModel({ ...whole(2), resumeFrom: checkpoints[0]! });
    expect(encodeCheckpoint(checkpoints[0]!)).toEqual(before);
  });

  it('follows the cosine schedule', async () => {
    const cosine: TrainingRequest = { ...whole(), settings: { ...whole().settings, schedule: { type: 'cosine', warmupEpochs: 1 } } }; // prettier-ignore
    const { result, checkpoints } = await recorded(cosine);
    const resumed = await trainSequenceModel({ ...cosine, resumeFrom: checkpoints[2]! });
    expect(resumed.model).toEqual(result.model);
    const longer = { ...cosine, settings: { ...cosine.settings, epochs: 7 }, resumeFrom: checkpoints[2]! };
    expect(await codeAndPath(trainSequenceModel(longer))).toEqual(['TRAINING_CHECKPOINT_MISMATCH', 'settings.epochs']);
  });

  it('refuses a checkpoint of another training, and names what differs', async () => {
    const { checkpoints } = await recorded(whole(1));
    const resumeFrom = checkpoints[0]!;
    const { settings, preprocessing, train } = smallTraining();
    const mismatched = (changed: Partial<TrainingRequest>): Promise<unknown> =>
      codeAndPath(trainSequenceModel({ ...whole(), resumeFrom, ...changed }));
    const mismatch = 'TRAINING_CHECKPOINT_MISMATCH';
    expect(await mismatched({ architecture: { ...architecture, hiddenSize: 7 } })).toEqual([mismatch, 'architecture.hiddenSize']); // prettier-ignore
    const transformer: Architecture = { type: 'transformer', modelSize: 4, heads: 2, numLayers: 1, feedForwardSize: 4, positions: 'learned', dropout: 0 }; // prettier-ignore
    expect(await mismatched({ architecture: transformer })).toEqual([mismatch, 'architecture.type']);
    expect(await mismatched({ settings: { ...whole().settings, seed: 9 } })).toEqual([mismatch, 'settings.seed']);
    expect(await mismatched({ settings: { ...settings, loss: [{ type: 'huber', delta: 1 }] } })).toEqual([mismatch, 'settings.loss.0.type']); // prettier-ignore
    const features = [{ name: 'other', unit: '-' }];
    expect(await mismatched({ preprocessing: { ...preprocessing, features } })).toEqual([mismatch, 'preprocessing.features.0.name']); // prettier-ignore
    const fewer = { ...train, count: 39, inputs: train.inputs.subarray(4), targets: train.targets.subarray(1) };
    expect(await mismatched({ train: fewer })).toEqual([mismatch, 'windows.training']);
  });
});

describe('an ensemble that goes on from a checkpoint', () => {
  const seeds = [3, 4, 5];
  const wanted = whole(3);

  async function ensembleCheckpoints(): Promise<TrainingCheckpoint[]> {
    const checkpoints: TrainingCheckpoint[] = [];
    const onCheckpoint = (checkpoint: TrainingCheckpoint): void => {
      checkpoints.push(decodeCheckpoint(encodeCheckpoint(checkpoint)));
    };
    await trainEnsemble({ ...wanted, onCheckpoint }, seeds);
    return checkpoints;
  }

  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('ends with the members of the one that never stopped', async () => {
    const full = await trainEnsemble(wanted, seeds);
    const checkpoints = await ensembleCheckpoints();
    expect(checkpoints).toHaveLength(9);
    for (const resumeFrom of [checkpoints[1]!, checkpoints[5]!, checkpoints[8]!]) {
      const resumed = await trainEnsemble({ ...wanted, resumeFrom }, seeds);
      expect(resumed.model).toEqual(full.model);
      expect(resumed.members.map(({ bestEpoch }) => bestEpoch)).toEqual(full.members.map(({ bestEpoch }) => bestEpoch));
    }
  });

  it('refuses a checkpoint of other seeds or of a single network, and a single training one of an ensemble', async () => {
    const [ofEnsemble] = await ensembleCheckpoints();
    const { checkpoints } = await recorded(wanted);
    const mismatch = 'TRAINING_CHECKPOINT_MISMATCH';
    expect(await codeAndPath(trainEnsemble({ ...wanted, resumeFrom: ofEnsemble! }, [3, 4, 6]))).toEqual([mismatch, 'seeds.2']); // prettier-ignore
    expect(await codeAndPath(trainEnsemble({ ...wanted, resumeFrom: checkpoints[0]! }, seeds))).toEqual([mismatch, 'seeds']); // prettier-ignore
    expect(await codeAndPath(trainSequenceModel({ ...wanted, resumeFrom: ofEnsemble! }))).toEqual([mismatch, 'seeds']);
  });
});
