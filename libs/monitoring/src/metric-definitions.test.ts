import { describe, expect, it } from 'vitest';
import { metricDefinitions } from './metric-definitions.js';

describe('metricDefinitions', () => {
  it('has the four metrics, counters ending in _total', () => {
    expect(metricDefinitions.map(({ name }) => name)).toEqual([
      'model_predictions_total',
      'model_latency_ms',
      'model_errors_total',
      'model_prediction_score',
    ]);
    for (const { name, type } of metricDefinitions) expect(type === 'counter').toBe(name.endsWith('_total'));
  });

  it('has rising finite buckets for histograms, and none for counters', () => {
    for (const { type, buckets } of metricDefinitions) {
      expect(buckets === undefined).toBe(type === 'counter');
      expect(buckets ?? []).toEqual([...new Set(buckets ?? [])].sort((a, b) => a - b));
      expect((buckets ?? []).every(Number.isFinite)).toBe(true);
    }
  });

  it('labels every metric alike', () => {
    for (const { labels } of metricDefinitions)
      expect(labels).toEqual(['model', 'version', 'stage', 'environment', 'arm']);
  });
});
