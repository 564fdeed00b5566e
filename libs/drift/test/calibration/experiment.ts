import { createRng, kolmogorovSmirnov } from '@i-drill/numerics';
import { readColumn, sortedValues } from '../../src/column.js';
import { buildReferenceProfile } from '../../src/reference-profile.js';
import { compareToReference } from '../../src/drift-report.js';
import { defaultDriftSettings, type DriftSettings } from '../../src/drift-settings.js';
import { drawStreams, type StreamKind } from './streams.js';

/** One setting of a calibration run: `repeats` independent pairs of reference and current streams. */
export interface Experiment {
  readonly reference: StreamKind;
  readonly current?: StreamKind;
  /** Every current value is moved by this, in standard deviations. */
  readonly shift: number;
  readonly repeats: number;
  readonly seed: number;
  /** Default: the published settings with `minDistance` 0, so that the test alone is measured. */
  readonly settings?: DriftSettings;
}

/** Shares of the repeats, in [0, 1]. */
export interface Outcome {
  /** At least one feature was called drifted. */
  readonly alarms: number;
  /** At least one feature could not be judged. */
  readonly unjudged: number;
}

/** Settings that leave the decision to the p-value. */
export const testAlone: DriftSettings = { ...defaultDriftSettings, minDistance: 0 };

/** Runs one setting. The same seed gives the same outcome. */
export function measure({
  reference,
  current = reference,
  shift,
  repeats,
  seed,
  settings = testAlone,
}: Experiment): Outcome {
  const rng = createRng(seed);
  const features = Array.from({ length: reference.columns }, (_, i) => ({ name: `sensor ${i}`, unit: '-' }));
  let alarms = 0;
  let unjudged = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const profile = buildReferenceProfile(features, drawStreams(reference, 0, rng));
    const report = compareToReference(profile, drawStreams(current, shift, rng), settings);
    if (report.features.some(({ status }) => status === 'failed')) alarms++;
    if (report.features.some(({ status }) => status === 'inconclusive')) unjudged++;
  }
  return { alarms: alarms / repeats, unjudged: unjudged / repeats };
}

/** Share of the repeats in which a test that takes rows for independent calls the first column drifted. */
export function alarmsOfPlainTest({ reference, current = reference, repeats, seed }: Experiment): number {
  const rng = createRng(seed);
  const draw = (kind: StreamKind) => sortedValues(readColumn(drawStreams(kind, 0, rng), 0, kind.columns));
  let alarms = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    if (kolmogorovSmirnov(draw(reference), draw(current)).pValue < defaultDriftSettings.alpha) alarms++;
  }
  return alarms / repeats;
}
