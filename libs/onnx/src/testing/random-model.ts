import type { PredictionInterval, Preprocessing, Regimes, Rng, StandardScaler } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';
import {
  buildNetwork,
  type Architecture,
  type NetworkWeights,
  type OutputColumn,
  type SequenceModel,
} from '@i-drill/training';

/** What may be chosen about a random model; the numbers in it follow from `seed`. */
export interface ModelChoice {
  readonly seed: number;
  readonly architecture: Architecture;
  readonly features: number;
  readonly windowLength: number;
  readonly columns: readonly OutputColumn[];
  readonly members?: number;
  readonly anchorFeature?: number | undefined;
  /** Operating conditions, told apart by `conditions` features. */
  readonly regimes?: { readonly count: number; readonly conditions: number } | undefined;
  readonly interval?: PredictionInterval | undefined;
}

/** One number per window and nothing else. */
export const pointOnly: readonly OutputColumn[] = [{ kind: 'point' }];

/** A small one of each type. */
export const smallArchitectures: readonly Architecture[] = [
  { type: 'lstm', hiddenSize: 6, numLayers: 2, dropout: 0.2 },
  {
    type: 'transformer',
    modelSize: 8,
    heads: 2,
    numLayers: 2,
    feedForwardSize: 12,
    positions: 'learned',
    dropout: 0.1,
  },
  { type: 'cnn-lstm', filters: 5, kernelSize: 3, convolutions: 2, hiddenSize: 4, numLayers: 1, dropout: 0 },
];

/** A model with the weights that its network names, all random, and scalers that matter; output of the order of 1. */
export function randomModel(choice: ModelChoice): SequenceModel {
  const { architecture, features, windowLength, columns, members = 1, interval } = choice;
  const rng = createRng(choice.seed);
  const shape = { windowLength, features, outputs: columns.length };
  return {
    architecture,
    columns,
    preprocessing: randomPreprocessing(choice, rng),
    members: Array.from({ length: members }, () => randomWeights(architecture, shape, rng)),
    ...(interval && { interval }),
  };
}

function randomWeights(
  architecture: Architecture,
  shape: { windowLength: number; features: number; outputs: number },
  rng: Rng,
): NetworkWeights {
  return buildNetwork(architecture, shape).parameters.map((parameter) => {
    const size = parameter.shape.reduce((product, length) => product * length, 1);
    const [rows, columns] = parameter.shape;
    const spread = columns === undefined ? 0.5 : 2 / Math.sqrt(rows!);
    const middle = parameter.name.endsWith('.gain') ? 1 : 0;
    const values = Float32Array.from({ length: size }, () => middle + spread * (2 * rng.next() - 1));
    return { name: parameter.name, shape: parameter.shape, values };
  });
}

function randomPreprocessing(choice: ModelChoice, rng: Rng): Preprocessing {
  const { features, windowLength, columns, anchorFeature } = choice;
  const classes = columns.flatMap((column) => (column.kind === 'class' ? [column.name] : []));
  const isNumber = classes.length === 0;
  return {
    formatVersion: 1,
    task: isNumber ? 'rate-of-penetration' : 'window-class',
    features: Array.from({ length: features }, (_, j) => ({ name: `x${j}`, unit: '-' })),
    target: { name: 'y', unit: 'm/h' },
    windowLength,
    padding: 'repeat-first-row',
    featureScaler: randomScaler(features, rng),
    targetScaler: isNumber ? { mean: [0.3], scale: [0.7] } : { mean: [0], scale: [1] },
    ...(anchorFeature !== undefined && { anchorFeature }),
    ...(choice.regimes && { regimes: randomRegimes(choice.regimes, features, rng) }),
    ...(!isNumber && { classes }),
  };
}

function randomScaler(features: number, rng: Rng): StandardScaler {
  return { mean: randoms(features, rng), scale: randoms(features, rng).map((value) => 0.5 + value) };
}

function randomRegimes(
  { count, conditions }: { count: number; conditions: number },
  features: number,
  rng: Rng,
): Regimes {
  return {
    conditionFeatures: Array.from({ length: conditions }, (_, s) => features - 1 - s),
    conditionScale: randoms(conditions, rng).map((value) => 0.5 + value),
    centres: Array.from({ length: count }, () => randoms(conditions, rng).map((value) => 4 * value - 1)),
    scalers: Array.from({ length: count }, () => randomScaler(features, rng)),
  };
}

/** Raw windows with values in [-1, 3). */
export function randomWindows(
  { windowLength, features }: Pick<Preprocessing, 'windowLength' | 'features'>,
  count: number,
  seed: number,
): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: count * windowLength * features.length }, () => 4 * rng.next() - 1);
}

/** Numbers in [0, 1). */
function randoms(length: number, rng: Rng): number[] {
  return Array.from({ length }, () => rng.next());
}
