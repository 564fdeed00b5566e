/** One metric of a model server, as data: what a metrics library is told. */
export interface MetricDefinition {
  readonly name: MetricName;
  readonly help: string;
  readonly type: 'counter' | 'histogram';
  readonly labels: readonly MetricLabel[];
  /** Upper bounds of the buckets of a histogram, rising. */
  readonly buckets?: readonly number[];
}

/** Names of the metrics. */
export type MetricName =
  'model_predictions_total' | 'model_latency_ms' | 'model_errors_total' | 'model_prediction_score';

/** Labels every metric carries. */
export type MetricLabel = 'model' | 'version' | 'stage' | 'environment' | 'arm';

const labels: readonly MetricLabel[] = ['model', 'version', 'stage', 'environment', 'arm'];

/** The metrics of a model server. Latency buckets are milliseconds; scores are in the unit of the model's target. */
export const metricDefinitions: readonly MetricDefinition[] = [
  {
    name: 'model_predictions_total',
    help: 'Predictions asked for, failed ones included',
    type: 'counter',
    labels,
  },
  {
    name: 'model_latency_ms',
    help: 'Time from request to answer of a prediction, in milliseconds',
    type: 'histogram',
    labels,
    buckets: [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000],
  },
  {
    name: 'model_errors_total',
    help: 'Predictions that failed',
    type: 'counter',
    labels,
  },
  {
    name: 'model_prediction_score',
    help: 'Predicted values, in the unit of the target',
    type: 'histogram',
    labels,
    buckets: [0, 1, 2.5, 5, 10, 25, 50, 75, 100, 150, 200, 300, 500, 1000],
  },
];
