import { describe, expect, it } from 'vitest';
import { epochLine, outcomeLine } from './training-words.js';

const classes = {
  epoch: 3,
  epochs: 50,
  trainLoss: 0.20094,
  validationLoss: 0.33119,
  learningRate: 0.002,
  windowsPerSecond: 4902.4,
  etaSeconds: 134.2,
  best: true,
};
const progress = { ...classes, validationRmse: 7.2149 };

describe('epochLine()', () => {
  it('says losses, error in target units, pace and time left', () => {
    expect(epochLine(progress, 'h')).toBe(
      '  epoch  3/50  loss 0.2009  validation 0.3312  RMSE 7.21 h  4902 windows/s  ETA 134 s  best so far',
    );
  });

  it('says which of several networks is in training, and nothing of a single one', () => {
    expect(epochLine({ ...progress, member: { index: 2, of: 5 } }, 'h')).toMatch(
      /^ {2}network 2\/5 {2}epoch {2}3\/50 /,
    );
    expect(epochLine({ ...progress, member: { index: 1, of: 1 } }, 'h')).toBe(epochLine(progress, 'h'));
  });

  it('says the accuracy of classes', () => {
    expect(epochLine({ ...classes, validationAccuracy: 0.8754, best: false }, '-')).toBe(
      '  epoch  3/50  loss 0.2009  validation 0.3312  accuracy 0.875  4902 windows/s  ETA 134 s',
    );
  });
});

describe('outcomeLine()', () => {
  const trained = {
    version: { name: 'bit-life', version: '4' },
    score: { metrics: { mae: 6.7694 }, baselineMetrics: { mae: 9.96 } },
    baseline: 'mean-life',
    bestEpoch: 3,
    exportDifference: 1.1e-7,
    interval: { coverage: 0.9125, confidence: { low: 0.85, high: 0.951 }, width: 24.6, units: 48, windows: 100 },
  } as unknown as Parameters<typeof outcomeLine>[0];

  it('says error, baseline, interval and the difference of the export', () => {
    expect(outcomeLine(trained, 'h')).toBe(
      'registered bit-life version 4: test MAE 6.769 h (mean-life baseline 9.960 h), best epoch 3, ' +
        'intervals hold 91.3 % of the test part (85.0 to 95.1), mean width 24.60 h, ' +
        'ONNX differs from TensorFlow.js by at most 1.1e-7 of the largest output',
    );
  });

  it('says why there is no interval', () => {
    expect(outcomeLine({ ...trained, interval: { none: 'it was not asked for' } }, 'h')).toContain(
      'no interval (it was not asked for)',
    );
  });

  it('says accuracy and F1 of classes, which have no unit', () => {
    const metrics = { accuracy: 0.9, f1: 0.85 };
    const score = { ...trained.score, metrics, baselineMetrics: { accuracy: 0.7, f1: 0.41 } };
    const interval = { none: 'classes have probabilities' };
    expect(outcomeLine({ ...trained, score, baseline: 'most-frequent', interval }, '-')).toBe(
      'registered bit-life version 4: test accuracy 0.900, F1 0.850 (most-frequent baseline 0.700, F1 0.410), best epoch 3, ' +
        'no interval (classes have probabilities), ONNX differs from TensorFlow.js by at most 1.1e-7 of the largest output',
    );
  });
});
