import { createRng } from '@i-drill/numerics';
import {
  fitPreprocessing,
  segmentWindows,
  selectBackend,
  trainSequenceModel,
  type TrainingResult,
  type WindowSource,
} from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TableSchema } from '../read-unit-table.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readUnits } from './read-units.js';
import { streamWindows } from './stream-windows.js';

const folder = temporaryFolder();
const schema: TableSchema = {
  name: 'rig',
  task: 'rate-of-penetration',
  features: [{ name: 'torque', unit: 'kN.m' }],
  target: { name: 'speed', unit: 'm/h' },
  evaluateOn: 'every-row',
};
const seen = ['a', 'b', 'c', 'd'];
const windowLength = 3;

/** Five units of 60 rows; the target is 10 times the sum of the last two torques, about 10 ± 4. */
function table(): string {
  const rng = createRng(1);
  const rows = [...seen, 'v'].flatMap((unit) => {
    const torques = Array.from({ length: 60 }, () => rng.next());
    return torques.map((torque, row) => `${unit},${torque},${10 * (torque + (torques[row - 1] ?? torque))}`);
  });
  return `unit,torque,speed\n${rows.join('\n')}\n`;
}

/** The same windows in the order of the data, whatever generator asks for them. */
function inOrder(source: WindowSource): WindowSource {
  return { ...source, batches: ({ batchSize }) => source.batches({ batchSize }) };
}

describe('trainSequenceModel() on windows read from a file', () => {
  let path = '';
  beforeAll(async () => {
    path = await folder.write('rig.csv', table());
    await selectBackend(['wasm']);
  });
  const stream = (units: readonly string[]): Promise<WindowSource> =>
    streamWindows({ path, schema, units, windowLength, bufferRows: 130 }); // two units at a time

  async function trainedOn(train: WindowSource, epochs: number): Promise<TrainingResult> {
    const preprocessing = fitPreprocessing(await readUnits({ path, schema }, seen), { windowLength });
    return trainSequenceModel({
      architecture: { type: 'lstm', hiddenSize: 6, numLayers: 1, dropout: 0 },
      train,
      validation: await stream(['v']),
      preprocessing,
      settings: {
        loss: [{ type: 'mse' }],
        learningRate: 0.03,
        schedule: { type: 'plateau' },
        weightDecay: 0,
        batchSize: 32,
        epochs,
        patience: epochs,
        gradientClip: 1,
        seed: 1,
      },
      clock: { now: () => 0, sleep: () => Promise.resolve() },
    });
  }

  it('gives the model of the same rows in memory, to the bit, where the order is the same', async () => {
    const inMemory = segmentWindows(await readUnits({ path, schema }, seen), { windowLength });
    const whole = await trainedOn(inOrder(inMemory), 2);
    const streamed = await trainedOn(inOrder(await stream(seen)), 2);
    expect(streamed.model).toEqual(whole.model);
    expect(streamed.history).toEqual(whole.history);
  });

  it('learns from groups of units in a drawn order, the same for the same seed', async () => {
    const [first, second] = [await trainedOn(await stream(seen), 12), await trainedOn(await stream(seen), 12)];
    expect(second.model).toEqual(first.model);
    expect(first.model.preprocessing.targetScaler.scale[0]).toBeGreaterThan(3); // what the mean alone would be off by
    expect(first.history[first.bestEpoch - 1]!.validationRmse).toBeLessThan(1);
  });
});
