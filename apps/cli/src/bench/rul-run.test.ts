import { selectBackend } from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { rulRecipe, type RulRecipe } from './rul-protocol.js';
import { runRulSeed, type RulSeedResult } from './rul-run.js';
import { madeDatasets } from './testing/made-datasets.js';

const declared = rulRecipe('cnn-lstm', 'FD001', 30);

/** Networks that learn this in seconds. */
const recipe: RulRecipe = {
  architecture: { type: 'cnn-lstm', filters: 8, kernelSize: 3, convolutions: 3, hiddenSize: 8, numLayers: 1, dropout: 0 }, // prettier-ignore
  settings: { ...declared.settings, learningRate: 0.02, batchSize: 16 },
};

const clock = { now: () => 0, sleep: () => Promise.resolve() };

const run = (wear: 'visible' | 'hidden'): Promise<RulSeedResult> =>
  runRulSeed({ data: madeDatasets(10, wear), subset: 'FD001', recipe, seed: 1, clock });

let visible: RulSeedResult;

beforeAll(async () => {
  await selectBackend(['wasm']);
  visible = await run('visible');
}, 60_000);

describe('runRulSeed()', () => {
  it('answers for every test engine, well below mean life where wear can be seen', () => {
    const { marks, meanLife, answers } = visible;
    expect(answers.map(({ unit }) => unit)).toEqual(madeDatasets(10, 'visible').test.segments.map(({ unit }) => unit));
    for (const { predicted, lower, upper } of answers) {
      expect(0 <= lower && lower <= predicted && predicted <= upper && upper <= 125).toBe(true);
    }
    expect(marks.rmseCapped).toBeLessThan(0.65 * meanLife.rmseCapped);
  });

  it('is worse by a long way where the sensors tell nothing', { timeout: 60_000 }, async () => {
    const { marks } = await run('hidden');
    expect(marks.rmseCapped).toBeGreaterThan(1.3 * visible.marks.rmseCapped);
  });

  it('answers the same for the same seed', { timeout: 60_000 }, async () => {
    expect(await run('visible')).toEqual(visible);
  });
});
