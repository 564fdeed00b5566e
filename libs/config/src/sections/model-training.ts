import * as z from 'zod';
import { count, nonNegative, positive, section, shareBelowOne } from './fields.js';

/** How far predictions may be off, as the served model says it. */
export interface IntervalConfig {
  readonly method: 'split-conformal' | 'conformalised-quantiles' | 'none';
  readonly coverage: number;
  readonly guarantee: 'guaranteed' | 'asymptotic';
}

/** What every model type has in common: how windows are cut and how the network is trained. */
export interface ModelTrainingConfig {
  readonly dropout: number;
  readonly learning_rate: number;
  readonly weight_decay: number;
  readonly schedule: 'plateau' | 'cosine';
  /** Of `cosine`. */
  readonly warmup_epochs: number;
  readonly loss: 'mse' | 'huber' | 'pinball';
  /** Of `huber`, in standard deviations of the target. */
  readonly huber_delta: number;
  /** Of classes. */
  readonly class_weights: 'balanced' | 'none';
  readonly batch_size: number;
  readonly epochs: number;
  readonly patience: number;
  readonly gradient_clip: number;
  readonly window_length: number;
  readonly stride: number;
  /** In units of the target; `null` for none. C-MAPSS has its own. */
  readonly target_cap: number | null;
  /** Networks that are trained and averaged. */
  readonly ensemble: number;
  readonly interval: IntervalConfig;
}

/** The defaults in which model types differ. */
export type TrainingDefaults = Pick<
  ModelTrainingConfig,
  'dropout' | 'learning_rate' | 'weight_decay' | 'schedule' | 'warmup_epochs'
>;

const interval: z.ZodType<IntervalConfig> = section(
  {
    method: z
      .enum(['split-conformal', 'conformalised-quantiles', 'none'])
      .default('split-conformal')
      .describe(
        'How the interval is made. split-conformal: margins around the prediction. conformalised-quantiles: the network learns the two ends as well, ' +
          'and margins correct them. none: predictions without an interval.',
      ),
    coverage: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.9)
      .describe('Share of unseen units whose true value the interval is to hold, above 0 and below 1.'),
    guarantee: z
      .enum(['guaranteed', 'asymptotic'])
      .default('guaranteed')
      .describe(
        'What holds with few calibration units. guaranteed: at least the coverage, so more than it below about 20 units. ' +
          'asymptotic: about the coverage, and with few units less.',
      ),
  },
  'Interval of every prediction, calibrated on units held out for it (training.split.calibration_share).',
);

type Fields = { readonly [Key in keyof ModelTrainingConfig]: z.ZodType<ModelTrainingConfig[Key]> };

/** The fields of {@link ModelTrainingConfig}, with the defaults of one model type. */
export function modelTrainingFields(defaults: TrainingDefaults): Fields {
  return {
    dropout: shareBelowOne(defaults.dropout, 'Share of values dropped while training.'),
    learning_rate: positive(defaults.learning_rate, 'Learning rate of AdamW at the start (cosine: at its highest).'),
    weight_decay: nonNegative(defaults.weight_decay, 'Decoupled weight decay of AdamW. 0: none.'),
    schedule: z
      .enum(['plateau', 'cosine'])
      .default(defaults.schedule)
      .describe(
        'How the learning rate falls. plateau: halved where the validation loss stands still. cosine: falls to 0 over the epochs.',
      ),
    warmup_epochs: count(defaults.warmup_epochs, 'Epochs over which cosine rises to the learning rate first.', 0),
    loss: z
      .enum(['mse', 'huber', 'pinball'])
      .default('mse')
      .describe(
        'What is minimised where a number is predicted. mse: mean squared error. huber: linear for large errors. pinball: absolute error, gives the median.',
      ),
    huber_delta: positive(1, 'Error beyond which huber is linear, in standard deviations of the target.'),
    class_weights: z
      .enum(['balanced', 'none'])
      .default('balanced')
      .describe(
        'Where classes are predicted, cross-entropy is minimised. balanced: every class has the same say, however rare. none: every window has.',
      ),
    batch_size: count(128, 'Windows per gradient step.'),
    epochs: count(50, 'Most passes over the training windows.'),
    patience: count(8, 'Epochs without a better validation loss after which training stops.'),
    gradient_clip: positive(1, 'Largest norm of the gradient; longer ones are shortened to it.'),
    window_length: count(30, 'Rows per window. A data set may state its own.'),
    stride: count(2, 'Rows between the starts of two training windows.'),
    target_cap: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe('Labels above are cut to this value, in units of the target. null: not cut. C-MAPSS has its own cap.'),
    ensemble: count(1, 'Networks from different seeds that are trained and averaged.'),
    interval,
  };
}
