/** The data that could be trained on now. */
export interface AvailableData {
  readonly rows: number;
  readonly fingerprint: string;
}

/** The watermark: what the served version was trained on. */
export interface TrainedData {
  readonly trainingRows: number;
  readonly dataFingerprint: string;
}

/**
 * Rows that came in after the last training set, where data only grow: none when the fingerprint is still the same, else
 * the rows above the watermark. Data that shrank have no new rows that can be counted.
 *
 * @example
 * ```ts
 * import { countNewRows } from '@i-drill/retraining';
 * const trained = { trainingRows: 1000, dataFingerprint: 'a1' };
 * countNewRows({ rows: 1500, fingerprint: 'b2' }, trained); // => 500
 * countNewRows({ rows: 1000, fingerprint: 'a1' }, trained); // => 0
 * ```
 */
export function countNewRows(available: AvailableData, { trainingRows, dataFingerprint }: TrainedData): number {
  if (available.fingerprint === dataFingerprint) return 0;
  return Math.max(available.rows - trainingRows, 0);
}
