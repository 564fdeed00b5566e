import type { FeatureSpec, Preprocessing, Regimes, StandardScaler } from '@i-drill/core';

/** What is wrong with a preprocessing; `undefined` if nothing. */
export function preprocessingProblem(preprocessing: Preprocessing): string | undefined {
  const { features, target, windowLength, featureScaler, targetScaler, anchorFeature, regimes } = preprocessing;
  const width = features.length;
  if (width === 0 || ![...features, target].every(isFeature))
    return 'it has features without a name or a unit, or none';
  if (!Number.isInteger(windowLength) || windowLength < 1) return `its window is ${windowLength} rows long`;
  if (anchorFeature !== undefined && !isIndex(anchorFeature, width)) {
    return `its anchor is feature ${anchorFeature} of ${width}`;
  }
  return (
    scalerProblem('the features', featureScaler, width) ??
    scalerProblem('the target', targetScaler, 1) ??
    (regimes === undefined ? undefined : regimesProblem(regimes, width))
  );
}

function regimesProblem({ conditionFeatures, conditionScale, centres, scalers }: Regimes, width: number): Problem {
  const strange = conditionFeatures.find((feature) => !isIndex(feature, width));
  if (strange !== undefined) return `a condition of its regimes is feature ${strange} of ${width}`;
  const conditions = conditionFeatures.length;
  if (conditions === 0 || centres.length === 0) return `it has ${centres.length} regimes of ${conditions} conditions`;
  if (scalers.length !== centres.length) return `it has ${scalers.length} scalers for ${centres.length} regimes`;
  return first([
    divisorProblem('the scale of the conditions', conditionScale, conditions),
    ...centres.map((centre, k) => valuesProblem(`the centre of regime ${k}`, centre, conditions)),
    ...scalers.map((scaler, k) => scalerProblem(`the features in regime ${k}`, scaler, width)),
  ]);
}

type Problem = string | undefined;

function scalerProblem(of: string, { mean, scale }: StandardScaler, size: number): Problem {
  return valuesProblem(`the mean of ${of}`, mean, size) ?? divisorProblem(`the scale of ${of}`, scale, size);
}

function divisorProblem(what: string, values: readonly number[], size: number): Problem {
  return valuesProblem(what, values, size) ?? (values.includes(0) ? `${what} holds a 0` : undefined);
}

/** What is wrong with a list of numbers that must have a length and be finite; `undefined` if nothing. */
export function valuesProblem(what: string, values: readonly number[], size: number): Problem {
  if (values.length !== size) return `${what} has ${values.length} values, expected ${size}`;
  return values.every((value) => Number.isFinite(value)) ? undefined : `${what} holds a value that is not finite`;
}

function first(problems: readonly Problem[]): Problem {
  return problems.find((problem) => problem !== undefined);
}

function isIndex(value: number, size: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < size;
}

function isFeature({ name, unit }: FeatureSpec): boolean {
  return typeof name === 'string' && typeof unit === 'string';
}
