import { createRng, normal } from '@i-drill/numerics';
import { readFileSync, writeFileSync } from 'node:fs';
import type { ModelType } from '../src/sequence/architecture.js';
import { buildNetwork } from '../src/sequence/build-network.js';
import { architectures, batchShape, stepOptions } from './speed-cases.js';

/** One network with its first weights and its batch, as every contestant reads it. */
export interface SpeedCase {
  readonly modelType: ModelType;
  readonly architecture: (typeof architectures)[ModelType];
  readonly options: typeof stepOptions;
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly decays: boolean;
    readonly values: readonly number[];
  }[];
  /** Shape [T, B, F]. */
  readonly inputs: readonly number[];
  /** Shape [B]. */
  readonly targets: readonly number[];
}

/** Writes a case with weights and batch from the seed. */
export function writeSpeedCase(file: string, modelType: ModelType, seed: number): void {
  const { steps, windows, features } = batchShape;
  const architecture = architectures[modelType];
  const rng = createRng(seed);
  const network = buildNetwork(architecture, { windowLength: steps, features, outputs: 1 });
  const speedCase: SpeedCase = {
    modelType,
    architecture,
    options: stepOptions,
    weights: network.parameters.map(({ name, shape, decays, initial }) => ({
      ...{ name, shape, decays },
      values: Array.from(initial(rng)),
    })),
    inputs: Array.from({ length: steps * windows * features }, () => Math.fround(normal(rng))),
    targets: Array.from({ length: windows }, () => Math.fround(normal(rng))),
  };
  writeFileSync(file, JSON.stringify(speedCase));
}

/** Reads a case that was written. */
export function readSpeedCase(file: string): SpeedCase {
  return JSON.parse(readFileSync(file, 'utf8')) as SpeedCase;
}
