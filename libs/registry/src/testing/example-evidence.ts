import type { VersionEvidence } from '../evidence.js';

/** Evidence of a made-up model with `featureCount` inputs: with 200 of them, its records are longer than 5 000 characters. */
export function exampleEvidence(featureCount = 2): VersionEvidence {
  const features = Array.from({ length: featureCount }, (_, i) => ({ name: `sensor_${i}`, unit: '-' }));
  return {
    modelType: 'lstm',
    digest: '0123456789abcdef'.repeat(4),
    signature: {
      inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 30, featureCount] }],
      outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
    },
    preprocessing: {
      formatVersion: 1,
      task: 'remaining-useful-life',
      features,
      target: { name: 'remaining', unit: 'h' },
      windowLength: 30,
      padding: 'repeat-first-row',
      featureScaler: { mean: features.map((_, i) => i / 3), scale: features.map(() => 1) },
      targetScaler: { mean: [10], scale: [5] },
    },
    metrics: { rmse: 12.5, r2: 0.8 },
    dataFingerprint: 'fedcba9876543210'.repeat(4),
  };
}
