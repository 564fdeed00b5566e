import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { decodeCheckpoint, encodeCheckpoint } from '../loop/checkpoint-file.js';
import type { TrainingCheckpoint } from '../loop/checkpoint.js';
import { predictOutputs, predictWindows } from '../loop/predict-windows.js';
import { trainSequenceModel } from '../loop/train-sequence-model.js';
import type { TrainingRequest } from '../loop/training-types.js';
import type { Architecture } from '../sequence/architecture.js';
import { buildNetwork } from '../sequence/build-network.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { classesProblem, quickProblem, sumsProblem } from './example-problems.js';

/** The tests every architecture must pass, on WebAssembly: learning, predicting, saving, going on, repeating, freeing. */
export function modelConformance(architecture: Architecture): void {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  describe('learns', () => {
    it('a number from an unseen unit: off by less than 1 where the mean is off by 4', async () => {
      const problem = sumsProblem(architecture);
      const { model } = await trainSequenceModel(problem);
      const { targets } = problem.validation;
      const mean = targets.map(() => problem.preprocessing.targetScaler.mean[0]!);
      expect(meanAbsoluteError(targets, mean)).toBeGreaterThan(3.8);
      expect(meanAbsoluteError(targets, predictWindows(model, problem.validation))).toBeLessThan(1);
    });

    it('one of three classes of an unseen unit: nine in ten right, and probabilities that sum to 1', async () => {
      const problem = classesProblem(architecture);
      const { model } = await trainSequenceModel(problem);
      const { prediction, columns } = predictOutputs(model, problem.validation);
      const right = prediction.filter((label, index) => label === problem.validation.targets[index]);
      expect(right.length / prediction.length).toBeGreaterThan(0.9);
      for (const index of prediction.keys()) {
        expect(columns.reduce((sum, column) => sum + column[index]!, 0)).toBeCloseTo(1, 5);
      }
    });
  });

  it('predicts for each window what it predicts for it among others', async () => {
    const { model, windows } = await trainedQuickly(architecture);
    const together = predictWindows(model, windows);
    const size = windows.inputs.length / windows.count;
    for (const index of [0, 7, windows.count - 1]) {
      const alone = predictWindows(model, { count: 1, inputs: windows.inputs.slice(index * size, (index + 1) * size) });
      expect(alone[0]).toBeCloseTo(together[index]!, 3);
    }
  });

  it('is saved and read back to the bit, every weight under its name', async () => {
    const { checkpoints, windows, model } = await trainedQuickly(architecture);
    const saved = checkpoints.at(-1)!;
    const read = decodeCheckpoint(encodeCheckpoint(saved));
    expect(read).toEqual(saved);
    expect(predictWindows({ ...model, members: [read.best.weights] }, windows)).toEqual(predictWindows(model, windows));
    const shape = { windowLength: windows.length, features: windows.featureCount, outputs: 1 };
    const { parameters } = buildNetwork(read.architecture, shape);
    const named = ({ name, shape }: { name: string; shape: readonly number[] }): unknown => [name, shape];
    expect(read.weights.map(named)).toEqual(parameters.map(named));
  });

  it('goes on from a checkpoint as if it had never stopped, to the bit', async () => {
    const dropping = { ...architecture, dropout: 0.2 };
    const whole = await trainedQuickly(dropping);
    const resumeFrom = decodeCheckpoint(encodeCheckpoint(whole.checkpoints[2]!));
    const second = await trainedQuickly(dropping, { resumeFrom });
    expect(second.checkpoints).toHaveLength(whole.checkpoints.length - 3);
    expect(second.checkpoints.at(-1)).toEqual(whole.checkpoints.at(-1));
    expect(second.model).toEqual(whole.model);
    expect(second.history).toEqual(whole.history);
  });

  it('is the same for the same seed and another for another', async () => {
    const seeded = async (seed: number): Promise<SequenceModel> =>
      (await trainSequenceModel(quickProblem({ ...architecture, dropout: 0.2 }, { seed, epochs: 2 }))).model;
    const first = await seeded(1);
    expect(await seeded(1)).toEqual(first);
    expect((await seeded(2)).members).not.toEqual(first.members);
  });

  it('drops values while training, and only then', async () => {
    const dropping = { ...architecture, dropout: 0.5 };
    const { model, windows, history } = await trainedQuickly(dropping);
    const undropped = { ...model, architecture };
    expect(predictWindows(model, windows)).toEqual(predictWindows(undropped, windows));
    expect(history).not.toEqual((await trainedQuickly(architecture)).history);
  });

  it('leaves no tensor behind, and holds as many after 100 epochs as after the first', async () => {
    const before = tf.memory();
    const during: [tensors: number, bytes: number][] = [];
    const problem = quickProblem({ ...architecture, dropout: 0.2 }, { epochs: 100, patience: 100, batchSize: 32 });
    await trainSequenceModel({
      ...problem,
      onEpoch: () => {
        const { numTensors, numBytes } = tf.memory();
        during.push([numTensors, numBytes]);
      },
    });
    expect(during).toHaveLength(100);
    expect(during).toEqual(during.map(() => during[0]));
    expect(tf.memory()).toEqual(before);
  });
}

/** A short training on few windows, with all its checkpoints. */
async function trainedQuickly(architecture: Architecture, more: Partial<TrainingRequest> = {}) {
  const checkpoints: TrainingCheckpoint[] = [];
  const problem = quickProblem(architecture);
  const onCheckpoint = (checkpoint: TrainingCheckpoint): void => void checkpoints.push(checkpoint);
  const result = await trainSequenceModel({ ...problem, onCheckpoint, ...more });
  return { ...result, checkpoints, windows: problem.train };
}

function meanAbsoluteError(actual: Float32Array, predicted: Float32Array): number {
  return actual.reduce((sum, value, index) => sum + Math.abs(value - predicted[index]!), 0) / actual.length;
}
