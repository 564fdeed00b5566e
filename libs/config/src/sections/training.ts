import * as z from 'zod';
import { count, positive, section, seed, share } from './fields.js';

/** The TensorFlow.js backend to compute with; `auto` takes the first of the list that works. */
export type BackendChoice = 'auto' | 'tfjs-node-gpu' | 'tfjs-node' | 'wasm' | 'cpu';

/** How units are divided: what is left after both shares is trained on. */
export interface SplitConfig {
  readonly validation_share: number;
  readonly test_share: number;
}

/** The LSTM and its training. */
export interface LstmConfig {
  readonly hidden_size: number;
  readonly num_layers: number;
  readonly learning_rate: number;
  readonly batch_size: number;
  readonly epochs: number;
  readonly patience: number;
  readonly window_length: number;
  readonly stride: number;
  /** In units of the target; `null` for none. C-MAPSS has its own. */
  readonly target_cap: number | null;
  readonly gradient_clip: number;
}

/** Section `training`. */
export interface TrainingConfig {
  readonly seed: number;
  readonly backend: BackendChoice;
  readonly split: SplitConfig;
  readonly models: { readonly lstm: LstmConfig };
}

const split: z.ZodType<SplitConfig> = section(
  {
    validation_share: share(0.15, 'Share of units that early stopping and the choice of the best epoch look at.'),
    test_share: share(0.2, 'Share of units the finished model is judged on. Not used where test units are named.'),
  },
  'How units (engines, wells, bit runs) are divided. Rows of one unit are never separated.',
).refine((shares) => shares.validation_share + shares.test_share < 1, {
  path: ['test_share'],
  error: 'a share that leaves units to train on: validation_share + test_share < 1',
});

const lstm: z.ZodType<LstmConfig> = section(
  {
    hidden_size: count(32, 'Units per LSTM layer.'),
    num_layers: count(1, 'LSTM layers on top of one another.'),
    learning_rate: positive(0.002, 'Learning rate of the optimiser at the start.'),
    batch_size: count(128, 'Windows per gradient step.'),
    epochs: count(50, 'Most passes over the training windows.'),
    patience: count(8, 'Epochs without a better validation loss after which training stops.'),
    window_length: count(30, 'Rows per window. A data set may state its own.'),
    stride: count(2, 'Rows between the starts of two training windows.'),
    target_cap: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe('Labels above are cut to this value, in units of the target. null: not cut. C-MAPSS has its own cap.'),
    gradient_clip: positive(1, 'Largest norm of the gradient; longer ones are shortened to it.'),
  },
  'Long short-term memory network.',
);

/** Schema of section `training`. */
export const trainingSchema: z.ZodType<TrainingConfig> = section(
  {
    seed: seed(42, 'Seed of everything random in training: split, initial weights, order of batches.'),
    backend: z
      .enum(['auto', 'tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'])
      .default('auto')
      .describe('TensorFlow.js backend. auto: the first of tfjs-node-gpu, tfjs-node, wasm, cpu that works here.'),
    split,
    models: section({ lstm }, 'Settings per model type.'),
  },
  'How models are trained.',
);
