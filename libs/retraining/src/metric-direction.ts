/** Which way a metric gets better. */
export type MetricDirection = 'lower-is-better' | 'higher-is-better';

const directions: ReadonlyMap<string, MetricDirection> = new Map([
  ['rmse', 'lower-is-better'],
  ['root_mean_squared_error', 'lower-is-better'],
  ['mae', 'lower-is-better'],
  ['mean_absolute_error', 'lower-is-better'],
  ['mse', 'lower-is-better'],
  ['mean_squared_error', 'lower-is-better'],
  ['r2', 'higher-is-better'],
  ['r2_score', 'higher-is-better'],
  ['accuracy', 'higher-is-better'],
  ['f1', 'higher-is-better'],
  ['f1_score', 'higher-is-better'],
  ['reward', 'higher-is-better'],
  ['mean_reward', 'higher-is-better'],
]);

/**
 * Which way the metric of this name gets better; `undefined` for a metric that is not a measure of quality (a mean error,
 * a count) or not comparable between data sets of different size (a sum). A prefix up to the last `.` or `/` is ignored.
 *
 * @example
 * ```ts
 * import { metricDirection } from '@i-drill/retraining';
 * metricDirection('validation.rmse'); // => 'lower-is-better'
 * metricDirection('r2'); // => 'higher-is-better'
 * metricDirection('meanError'); // => undefined
 * ```
 */
export function metricDirection(name: string): MetricDirection | undefined {
  return directions.get(name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1));
}
