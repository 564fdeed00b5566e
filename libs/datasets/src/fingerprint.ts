import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { createHash, type Hash } from 'node:crypto';

/** What of a data set decides what a model learns from it: not its name, nor where it came from. */
export type FingerprintParts = Pick<
  SensorDataset,
  'task' | 'features' | 'target' | 'segments' | 'evaluateOn' | 'anchorFeature' | 'conditionFeatures' | 'classes'
>;

/**
 * SHA-256 over schema, units and values, hex. Values go in as little-endian doubles and every NaN as the same one, so that
 * all machines agree; any other value, name, unit or order of rows or segments gives another fingerprint.
 *
 * @example
 * ```ts
 * import { fingerprint } from '@i-drill/datasets';
 * const parts = {
 *   task: 'remaining-useful-life',
 *   features: [{ name: 'torque', unit: 'kN.m' }],
 *   target: { name: 'remaining', unit: 'h' },
 *   segments: [{ unit: 'bit 1', rows: 1, features: Float64Array.of(9), target: Float64Array.of(20) }],
 *   evaluateOn: 'every-row',
 * } as const;
 * fingerprint(parts).slice(0, 8); // => '3d8b7ea4'
 * ```
 */
export function fingerprint(parts: FingerprintParts): string {
  const hash = beginFingerprint(parts);
  for (const segment of parts.segments) addSegment(hash, segment);
  return hash.digest('hex');
}

/** The fingerprint before its first segment. */
export function beginFingerprint(parts: Omit<FingerprintParts, 'segments'>): Hash {
  const hash = createHash('sha256');
  const { task, features, target, evaluateOn } = parts;
  const columns = [...features, target].map(({ name, unit }) => [name, unit]);
  addText(hash, ['i-drill sensor data set 1', task, columns, evaluateOn, parts.anchorFeature ?? null]);
  const { conditionFeatures = [], classes = [] } = parts;
  if (conditionFeatures.length + classes.length > 0) addText(hash, [conditionFeatures, classes]);
  return hash;
}

/** Adds the next segment. */
export function addSegment(hash: Hash, { unit, group, rows, features, target }: SensorSegment): void {
  addText(hash, [unit, group ?? unit, rows, features.length, target.length]);
  hash.update(littleEndianDoubles(features));
  hash.update(littleEndianDoubles(target));
}

/** JSON with an end mark that JSON never contains, so that no two lists of parts read the same. */
function addText(hash: Hash, parts: readonly unknown[]): void {
  hash.update(JSON.stringify(parts), 'utf8').update(Uint8Array.of(0));
}

function littleEndianDoubles(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    // The bits of a NaN differ between machines.
    if (Number.isNaN(value)) view.setUint32(i * 8 + 4, 0x7ff80000, true);
    else view.setFloat64(i * 8, value, true);
  }
  return bytes;
}
