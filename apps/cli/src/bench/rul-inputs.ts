import type { FeatureSpec, SensorDataset, SensorSegment } from '@i-drill/core';
import { fingerprint } from '@i-drill/datasets';
import { rulSensors } from './rul-protocol.js';

/** Cycles an engine has run: row number from 0. Its maker counts them too. */
const age: FeatureSpec = { name: 'age', unit: 'cycles' };

/**
 * What the networks of the benchmark see of C-MAPSS: the sensors of the protocol, the age of the engine, and the settings
 * where there is more than one operating condition, which they tell.
 */
export function rulInputs(dataset: SensorDataset, conditions: 'one' | 'several'): SensorDataset {
  const settings = conditions === 'several' ? (dataset.conditionFeatures ?? []) : [];
  const sensors = dataset.features.flatMap(({ name }, column) => (rulSensors.includes(name) ? [column] : []));
  const kept = [...settings, ...sensors];
  const { name, task, target, source, evaluateOn } = dataset;
  const parts = {
    name,
    task,
    target,
    source,
    evaluateOn,
    features: [...kept.map((column) => dataset.features[column]!), age],
    segments: dataset.segments.map((segment) => withAge(segment, kept, dataset.features.length)),
    ...(settings.length === 0 ? {} : { conditionFeatures: settings.map((_, index) => index) }),
  };
  return { ...parts, fingerprint: fingerprint(parts) };
}

function withAge(segment: SensorSegment, kept: readonly number[], columns: number): SensorSegment {
  const width = kept.length + 1;
  const features = new Float64Array(segment.rows * width);
  for (let t = 0; t < segment.rows; t++) {
    for (const [j, column] of kept.entries()) features[t * width + j] = segment.features[t * columns + column]!;
    features[t * width + kept.length] = t;
  }
  return { ...segment, features };
}
