import { classificationMetrics, regressionMetrics, type MetricTask } from '@i-drill/validation';
import type { Exam } from './score.js';

/**
 * What the answers to an exam are worth, by the names metrics have everywhere: of numbers `mae`, `rmse`, `r2`, `meanError`; of
 * classes `accuracy`, `f1`, `balanced_accuracy`, `mcc`, and `class_<index>_recall` and `_precision` of those that occur or are
 * predicted.
 */
export function examMetrics({ windows, classes }: Exam, predictions: ArrayLike<number>): Record<string, number> {
  if (classes === undefined) return { ...regressionMetrics(windows.targets, predictions) };
  // An answer that is no class is no measurement either: it fails no threshold and passes none.
  if (Array.from(predictions).some(Number.isNaN)) return { accuracy: Number.NaN, f1: Number.NaN };
  const { accuracy, f1, balancedAccuracy, mcc, perClass } = classificationMetrics(
    windows.targets,
    predictions,
    classes.length,
  );
  const ofClasses = perClass.flatMap(
    (one, label) =>
    one === null ? [] : [[`class_${label}_recall`, one.recall] as const, [`class_${label}_precision`, one.precision] as const], // prettier-ignore
  );
  return { accuracy, f1, balanced_accuracy: balancedAccuracy, mcc, ...Object.fromEntries(ofClasses) };
}

/** How wrong each answer is: by how many target units, or for a class 0 or 1; NaN for an answer that is none. */
export function answerErrors({ windows, classes }: Exam, predictions: ArrayLike<number>): number[] {
  return Array.from(windows.targets, (actual, i) =>
    classes === undefined || Number.isNaN(predictions[i])
      ? Math.abs(predictions[i]! - actual)
      : Number(predictions[i] !== actual),
  );
}

/** Which thresholds of the configuration a model is held to. */
export function metricTask({ classes }: Exam): MetricTask {
  return classes === undefined ? 'regression' : 'classification';
}

/** The mean of {@link answerErrors}, in words. */
export function errorName({ classes, targetUnit }: Exam): string {
  return classes === undefined ? `mean absolute error [${targetUnit}]` : 'share of wrong classes';
}
