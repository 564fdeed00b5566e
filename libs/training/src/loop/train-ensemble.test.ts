import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { smallTraining } from '../testing/small-training.js';
import { predictWindows } from './predict-windows.js';
import { trainEnsemble } from './train-ensemble.js';
import { trainSequenceModel } from './train-sequence-model.js';
import type { EpochProgress } from './training-types.js';

describe('trainEnsemble()', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('trains each member as a training of its seed alone does, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { model, members, stopped } = await trainEnsemble(smallTraining({ epochs: 2 }), [7, 8]);
    const alone = await trainSequenceModel(smallTraining({ epochs: 2, seed: 8 }));
    expect(model.members[1]).toEqual(alone.model.members[0]);
    expect(model.members[0]).not.toEqual(model.members[1]);
    expect(members.map(({ seed, history }) => [seed, history.length])).toEqual([[7, 2], [8, 2]]); // prettier-ignore
    expect(stopped).toBe('epochs');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('predicts with the mean of the members', async () => {
    const wanted = smallTraining({ epochs: 2 });
    const { model } = await trainEnsemble(wanted, [7, 8]);
    const [first, second] = model.members.map((member) =>
      predictWindows({ ...model, members: [member] }, wanted.train),
    );
    predictWindows(model, wanted.train).forEach((value, index) => {
      expect(value).toBeCloseTo((first![index]! + second![index]!) / 2, 3);
    });
  });

  it('says of which member its progress is', async () => {
    const seen: EpochProgress['member'][] = [];
    await trainEnsemble({ ...smallTraining({ epochs: 1 }), onEpoch: ({ member }) => seen.push(member) }, [7, 8]);
    expect(seen).toEqual([{ index: 1, of: 2 }, { index: 2, of: 2 }]); // prettier-ignore
  });

  it('ends with the members so far when it is interrupted', async () => {
    const controller = new AbortController();
    const onEpoch = ({ member, epoch }: EpochProgress): void => {
      if (member?.index === 2 && epoch === 2) controller.abort();
    };
    const wanted = { ...smallTraining({ epochs: 3 }), signal: controller.signal, onEpoch };
    const { members, stopped } = await trainEnsemble(wanted, [7, 8, 9]);
    expect(members.map(({ seed, bestEpoch }) => [seed, bestEpoch])).toEqual([[7, 3], [8, 2]]); // prettier-ignore
    expect(stopped).toBe('interrupted');
  });

  it('leaves out a member of which no epoch was complete, unless there is no other', async () => {
    const controller = new AbortController();
    const onEpoch = (): void => {
      controller.abort();
    };
    const wanted = { ...smallTraining({ epochs: 1 }), signal: controller.signal, onEpoch };
    expect((await trainEnsemble(wanted, [7, 8])).members.map(({ seed }) => seed)).toEqual([7]);
    const none = await trainEnsemble({ ...wanted, signal: AbortSignal.abort() }, [7, 8]);
    expect(none.members).toMatchObject([{ seed: 7, bestEpoch: 0, stopped: 'interrupted' }]);
  });

  it('says which seed a member had that went wrong', async () => {
    const wanted = smallTraining({ learningRate: 1e30, gradientClip: 1e30 });
    await expect(trainEnsemble(wanted, [7, 8])).rejects.toMatchObject({
      code: 'TRAINING_DIVERGED',
      message: expect.stringContaining('of seed 7') as string,
      details: { seed: 7 },
    });
  });

  it('wants seeds, each once', async () => {
    await expect(trainEnsemble(smallTraining(), [])).rejects.toThrow(RangeError);
    await expect(trainEnsemble(smallTraining(), [7, 7])).rejects.toThrow('seeds is [7, 7]');
  });
});
