import type { Consequences } from '@i-drill/core';
import * as z from 'zod';
import { blockAlways, consequences, warnOnly } from './consequences.js';
import { type DataChecksConfig, dataChecksSchema } from './data-checks.js';
import { type DriftLimits, driftLimits } from './drift-limits.js';
import { count, enabled, nonNegative, section } from './fields.js';

/** Limits per metric. A limit is applied to models of its task only. */
export interface PerformanceThresholds {
  readonly r2_score?: number;
  readonly mean_absolute_error?: number;
  readonly root_mean_squared_error?: number;
  readonly accuracy?: number;
  readonly f1_score?: number;
  readonly mean_reward?: number;
  readonly consequences: Consequences;
}

/** The comparison with the trivial answer. */
export interface BaselineConfig {
  readonly min_improvement: number;
  readonly min_units: number;
  readonly consequences: Consequences;
}

/** The comparison of test data with training data. */
export interface DriftDetectionConfig extends DriftLimits {
  readonly enabled: boolean;
  readonly consequences: Consequences;
}

/** A difference that may not be exceeded. */
export interface ToleranceConfig {
  readonly tolerance: number;
  readonly consequences: Consequences;
}

/** Section `validation`. */
export interface ValidationConfig {
  readonly performance_thresholds: PerformanceThresholds;
  readonly baseline: BaselineConfig;
  readonly data_validation: { readonly enabled: boolean; readonly checks: DataChecksConfig };
  readonly drift_detection: DriftDetectionConfig;
  readonly consistency: ToleranceConfig;
  readonly export: ToleranceConfig;
}

const performanceThresholds: z.ZodType<PerformanceThresholds> = section(
  {
    r2_score: z.number().max(1).default(0.5).describe('Regression: least share of the variance explained.'),
    mean_absolute_error: z
      .number()
      .min(0)
      .default(100)
      .describe('Regression: largest mean absolute error, in units of the target.'),
    root_mean_squared_error: z
      .number()
      .min(0)
      .exactOptional()
      .describe('Regression: largest root of the mean squared error, in units of the target.'),
    accuracy: z.number().min(0).max(1).default(0.7).describe('Classification: least share of right answers.'),
    f1_score: z.number().min(0).max(1).default(0.6).describe('Classification: least F1 score.'),
    mean_reward: z.number().exactOptional().describe('Agents: least mean reward per episode.'),
    consequences: consequences(blockAlways, 'What a missed threshold does.'),
  },
  'Limits per metric, applied to models of the matching task only. A metric that is missing or not finite never passes.',
);

const baseline: z.ZodType<BaselineConfig> = section(
  {
    min_improvement: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe('Share by which the mean absolute error must be below that of the trivial answer.'),
    min_units: count(5, 'Fewest units the comparison is made on; below, it is inconclusive.', 2),
    consequences: consequences(blockAlways, 'What a model does that is not shown to beat the trivial answer.'),
  },
  'Comparison with the trivial answer (mean life, last value), paired by unit.',
);

const driftDetection: z.ZodType<DriftDetectionConfig> = section(
  {
    enabled: enabled('Compare test data with training data.'),
    ...driftLimits,
    consequences: consequences(
      warnOnly,
      'What drift does. A warning by default: the metrics are measured on these very rows and say what the shift costs.',
    ),
  },
  'Comparison of test data with training data, feature by feature.',
);

function tolerance(value: number, meaning: string, purpose: string): z.ZodType<ToleranceConfig> {
  return section(
    {
      tolerance: nonNegative(value, meaning),
      consequences: consequences(blockAlways, 'What a larger difference does.'),
    },
    purpose,
  );
}

/** Schema of section `validation`. */
export const validationSchema: z.ZodType<ValidationConfig> = section(
  {
    performance_thresholds: performanceThresholds,
    baseline,
    data_validation: section(
      { enabled: enabled('Check the data before the model is judged on them.'), checks: dataChecksSchema },
      'Quality of the data.',
    ),
    drift_detection: driftDetection,
    consistency: tolerance(
      1e-6,
      'Largest difference between runs on the same input, as a share of the largest output.',
      'Repeated predictions on the same input.',
    ),
    export: tolerance(
      1e-5,
      'Largest difference, as a share of the largest output.',
      'The exported ONNX file against the trained model.',
    ),
  },
  'What a model version must show before it may be staged.',
);
