/** Metrics that can have a threshold, by their names in the configuration. */
export type MetricName =
  'r2_score' | 'mean_absolute_error' | 'root_mean_squared_error' | 'accuracy' | 'f1_score' | 'mean_reward';

/** What kind of answer a model gives. A threshold counts for models of its task only. */
export type MetricTask = 'regression' | 'classification' | 'agent';

/** What is known of a metric without a look at any model. */
export interface MetricSpec {
  readonly name: MetricName;
  /** Short name, as `regressionMetrics` gives it. */
  readonly key: string;
  readonly task: MetricTask;
  /** `at-least`: more is better, the threshold is a minimum. `at-most`: a maximum. */
  readonly direction: 'at-least' | 'at-most';
  /** Whether the metric has a unit of its own: that of the target, or none. */
  readonly unit: 'target' | 'none';
}

/** Every metric that can have a threshold. */
export const metricSpecs: readonly MetricSpec[] = [
  { name: 'r2_score', key: 'r2', task: 'regression', direction: 'at-least', unit: 'none' },
  { name: 'mean_absolute_error', key: 'mae', task: 'regression', direction: 'at-most', unit: 'target' },
  { name: 'root_mean_squared_error', key: 'rmse', task: 'regression', direction: 'at-most', unit: 'target' },
  { name: 'accuracy', key: 'accuracy', task: 'classification', direction: 'at-least', unit: 'none' },
  { name: 'f1_score', key: 'f1', task: 'classification', direction: 'at-least', unit: 'none' },
  { name: 'mean_reward', key: 'mean_reward', task: 'agent', direction: 'at-least', unit: 'none' },
];
