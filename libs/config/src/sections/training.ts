import * as z from 'zod';
import { section, seed, share } from './fields.js';
import { agentsSchema, type AgentsConfig } from './agents.js';
import { modelsSchema, type ModelsConfig } from './models.js';

/** The TensorFlow.js backend to compute with; `auto` takes the first of the list that works. */
export type BackendChoice = 'auto' | 'tfjs-node-gpu' | 'tfjs-node' | 'wasm' | 'cpu';

/** How units are divided: what is left after the shares is trained on. */
export interface SplitConfig {
  readonly validation_share: number;
  readonly test_share: number;
  readonly calibration_share: number;
}

/** Section `training`. */
export interface TrainingConfig {
  readonly seed: number;
  readonly backend: BackendChoice;
  readonly split: SplitConfig;
  readonly models: ModelsConfig;
  readonly agents: AgentsConfig;
}

const split: z.ZodType<SplitConfig> = section(
  {
    validation_share: share(0.15, 'Share of units that early stopping and the choice of the best epoch look at.'),
    test_share: share(0.2, 'Share of units the finished model is judged on. Not used where test units are named.'),
    calibration_share: share(
      0.15,
      'Share of units the intervals of predictions are calibrated on. Where it holds fewer units than the coverage needs ' +
        '(0.9: 9 units), they are trained on instead and predictions have no interval.',
    ),
  },
  'How units (engines, wells, bit runs) are divided. Rows of one unit are never separated.',
).refine((shares) => shares.validation_share + shares.test_share + shares.calibration_share < 1, {
  path: ['test_share'],
  error: 'a share that leaves units to train on: validation_share + test_share + calibration_share < 1',
});

/** Schema of section `training`. */
export const trainingSchema: z.ZodType<TrainingConfig> = section(
  {
    seed: seed(42, 'Seed of everything random in training: split, initial weights, order of batches.'),
    backend: z
      .enum(['auto', 'tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'])
      .default('auto')
      .describe('TensorFlow.js backend. auto: the first of tfjs-node-gpu, tfjs-node, wasm, cpu that works here.'),
    split,
    models: modelsSchema,
    agents: agentsSchema,
  },
  'How models are trained.',
);
