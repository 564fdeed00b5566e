import { quantile } from '@i-drill/numerics';

/** What the seeds of a benchmark agree on, and how far they differ. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Median and range.
 *
 * @throws RangeError for no values
 */
export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0), high: quantile(values, 1) };
}

/** `12.34 (11.90-13.05)`; the median alone where there is one value. */
export function spreadText({ median, low, high }: Spread, digits: number): string {
  const text = (value: number): string => value.toFixed(digits);
  return low === high ? text(median) : `${text(median)} (${text(low)}-${text(high)})`;
}
