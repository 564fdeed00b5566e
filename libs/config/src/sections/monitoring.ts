import type * as z from 'zod';
import { type DriftLimits, driftLimits } from './drift-limits.js';
import { count, enabled, positive, section, share, text } from './fields.js';

/** Limits of the running service. */
export interface AlertThresholds {
  readonly error_rate: number;
  readonly latency_p95_ms: number;
  readonly success_rate: number;
}

/** Section `monitoring`. */
export interface MonitoringConfig {
  readonly performance: {
    readonly enabled: boolean;
    readonly time_window_hours: number;
    readonly min_predictions: number;
  };
  readonly model_metrics: { readonly log_to_mlflow: boolean; readonly experiment_name: string };
  readonly alerts: { readonly thresholds: AlertThresholds };
  readonly prediction_log: { readonly max_batch_records: number; readonly flush_interval_ms: number };
  readonly drift: DriftLimits;
}

const performance: z.ZodType<MonitoringConfig['performance']> = section(
  {
    enabled: enabled('Judge latency and errors of the service.'),
    time_window_hours: positive(24, 'How far back predictions are looked at, in hours.'),
    min_predictions: count(50, 'Fewest predictions in the window; below, the state is unknown.'),
  },
  'The window that is judged.',
);

const thresholds: z.ZodType<AlertThresholds> = section(
  {
    error_rate: share(0.05, 'Largest share of failed predictions.'),
    latency_p95_ms: positive(1000, 'Largest 95th percentile of the latency, in milliseconds.'),
    success_rate: share(0.95, 'Least share of answered predictions.'),
  },
  'A service beyond them is unhealthy.',
);

/** Schema of section `monitoring`. */
export const monitoringSchema: z.ZodType<MonitoringConfig> = section(
  {
    performance,
    model_metrics: section(
      {
        log_to_mlflow: enabled('Log every check as a run.'),
        experiment_name: text('i-drill-monitoring', 'Experiment of these runs.'),
      },
      'Where results of checks are kept.',
    ),
    alerts: section({ thresholds }, 'When the service is unhealthy.'),
    prediction_log: section(
      {
        max_batch_records: count(64, 'Predictions per write.'),
        flush_interval_ms: positive(500, 'Longest time a prediction waits to be written, in milliseconds.'),
      },
      'How predictions are written down.',
    ),
    drift: section(driftLimits, 'When live inputs count as different from the training data.'),
  },
  'How the running service is watched.',
);
