import { isRecord } from './tags.js';

/** What preprocessing lacks to scale a window and its prediction, in words. Takes whatever a tag held. */
export function missingPreprocessing(preprocessing: unknown): string[] {
  if (!isRecord(preprocessing)) return ['preprocessing'];
  const { features, windowLength, featureScaler, targetScaler } = preprocessing;
  const count = Array.isArray(features) ? features.length : 0;
  const missing: string[] = [];
  if (count === 0) missing.push('features (one or more)');
  if (!isRowCount(windowLength)) missing.push('windowLength (whole number, 1 or more)');
  if (!scales(featureScaler, count)) {
    missing.push('featureScaler (finite mean and positive scale, one per feature)');
  }
  if (!scales(targetScaler, 1)) missing.push('targetScaler (finite mean and positive scale, one)');
  return missing.map((part) => `preprocessing.${part}`);
}

function isRowCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1;
}

function scales(scaler: unknown, count: number): boolean {
  if (!isRecord(scaler)) return false;
  return areFinite(scaler['mean'], count, -Infinity) && areFinite(scaler['scale'], count, 0);
}

/** Whether these are `count` finite numbers above `bound`. */
function areFinite(values: unknown, count: number, bound: number): boolean {
  if (!Array.isArray(values) || values.length !== count) return false;
  return values.every((value) => Number.isFinite(value) && Number(value) > bound);
}
