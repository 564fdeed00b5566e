import * as z from 'zod';
import { count, section } from './fields.js';
import { modelTrainingFields, type ModelTrainingConfig } from './model-training.js';

/** The LSTM and its training. */
export interface LstmConfig extends ModelTrainingConfig {
  readonly hidden_size: number;
  readonly num_layers: number;
}

/** The Transformer encoder and its training. */
export interface TransformerConfig extends ModelTrainingConfig {
  readonly d_model: number;
  readonly nhead: number;
  readonly num_layers: number;
  readonly dim_feedforward: number;
  readonly positions: 'learned' | 'sinusoidal';
}

/** Convolutions over time with an LSTM behind them, and its training. */
export interface CnnLstmConfig extends ModelTrainingConfig {
  readonly filters: number;
  readonly kernel_size: number;
  readonly convolutions: number;
  readonly hidden_size: number;
  readonly num_layers: number;
}

/** Section `training.models`. */
export interface ModelsConfig {
  readonly lstm: LstmConfig;
  readonly transformer: TransformerConfig;
  readonly cnn_lstm: CnnLstmConfig;
}

const longWarmUp = {
  path: ['warmup_epochs'],
  error: 'fewer than epochs: the rest is where the network learns',
};

function leavesEpochs({ warmup_epochs: warmUp, epochs }: ModelTrainingConfig): boolean {
  return warmUp === 0 || warmUp < epochs;
}

const lstm: z.ZodType<LstmConfig> = section(
  {
    hidden_size: count(32, 'Units per LSTM layer.'),
    num_layers: count(1, 'LSTM layers on top of one another.'),
    ...modelTrainingFields({
      dropout: 0.3,
      learning_rate: 0.002,
      weight_decay: 0.01,
      schedule: 'plateau',
      warmup_epochs: 0,
    }),
  },
  'Long short-term memory network.',
).refine(leavesEpochs, longWarmUp);

const transformer: z.ZodType<TransformerConfig> = section(
  {
    d_model: count(64, 'Width of every token; a multiple of nhead.'),
    nhead: count(4, 'Attention heads per layer.'),
    num_layers: count(2, 'Encoder layers on top of one another.'),
    dim_feedforward: count(128, 'Width of the hidden layer between two attentions.'),
    positions: z
      .enum(['learned', 'sinusoidal'])
      .default('learned')
      .describe('How a token knows its row: by weights that are learned, or by sines of fixed periods.'),
    ...modelTrainingFields({
      dropout: 0.1,
      learning_rate: 0.001,
      weight_decay: 0.01,
      schedule: 'cosine',
      warmup_epochs: 3,
    }),
  },
  'Transformer encoder.',
)
  .refine(({ d_model: width, nhead }) => width % nhead === 0, {
    path: ['d_model'],
    error: 'a multiple of nhead: every head has the same share of it',
  })
  .refine(leavesEpochs, longWarmUp);

const cnnLstm: z.ZodType<CnnLstmConfig> = section(
  {
    filters: count(32, 'Channels per convolution.'),
    kernel_size: count(3, 'Rows a convolution sees; an odd number.').refine((size) => size % 2 === 1, {
      error: 'an odd number, so that a row has as many neighbours on either side',
    }),
    convolutions: count(2, 'Convolutions over time; each halves the rows.'),
    hidden_size: count(32, 'Units per LSTM layer.'),
    num_layers: count(1, 'LSTM layers on top of one another.'),
    ...modelTrainingFields({
      dropout: 0.1,
      learning_rate: 0.002,
      weight_decay: 0.001,
      schedule: 'plateau',
      warmup_epochs: 0,
    }),
  },
  'Convolutions over time with the sensors as channels, then an LSTM.',
).refine(leavesEpochs, longWarmUp);

/** Schema of section `training.models`. */
export const modelsSchema: z.ZodType<ModelsConfig> = section(
  { lstm, transformer, cnn_lstm: cnnLstm },
  'Settings per model type.',
);
