import { join } from 'node:path';

/** The shipped defaults: every configuration of these tests builds on them. */
export const shippedConfig: string = join(import.meta.dirname, '../../../../config/mlops_config.yaml');

/** The interval is one that four calibration units can carry. */
const tinyTraining = { epochs: 3, learning_rate: 0.01, batch_size: 64, stride: 3, interval: { coverage: 0.75 } };

/** Sizes at which a training takes seconds, and a canary that decides in seconds. The verdict is as strict as shipped. */
export const tinySizes = {
  extends: shippedConfig,
  training: {
    backend: 'wasm',
    models: {
      lstm: { hidden_size: 8, ...tinyTraining },
      transformer: { d_model: 8, nhead: 2, num_layers: 1, dim_feedforward: 16, warmup_epochs: 1, ...tinyTraining },
      cnn_lstm: { filters: 8, hidden_size: 8, ...tinyTraining },
    },
  },
  data: { bit_runs: { count: 24, window_length: 8 } },
  mlflow: { tracking_uri: 'file:./mlruns' },
  deployment: {
    state_directory: './state',
    strategies: {
      canary: {
        initial_traffic_percentage: 30,
        increment_percentage: 70,
        evaluation_duration_minutes: 0.02,
        min_requests: 20,
        max_inconclusive: 20,
      },
    },
    health_checks: { interval: 0.3 },
    // These tests are about what is decided, not about how fast this machine is.
    limits: { latency_p95_ms: 20_000 },
  },
  monitoring: {
    alerts: { thresholds: { latency_p95_ms: 20_000 } },
    drift: { min_effective_size: 4 },
    prediction_log: { flush_interval_ms: 100 },
  },
  retraining: {
    conditions: {
      performance_based: { enabled: false },
      data_availability: { data_path: './arrived.csv', min_samples: 50 },
    },
  },
};

const warn = { failed: 'warn', inconclusive: 'warn', error: 'block' };

/** Three epochs make no good model. Where a test is about what comes after the verdict, its quality is only reported. */
export const lenientVerdict = {
  ...tinySizes,
  validation: {
    performance_thresholds: { r2_score: -10, consequences: warn },
    baseline: { min_units: 2, consequences: warn },
  },
};
