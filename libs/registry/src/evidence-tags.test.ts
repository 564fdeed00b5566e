import { describe, expect, it } from 'vitest';
import type { VersionEvidence } from './evidence.js';
import { missingEvidence, readEvidence } from './evidence-tags.js';
import type { ModelVersion } from './model-version.js';
import { registerVersion } from './register-version.js';
import { exampleEvidence } from './testing/example-evidence.js';
import { InMemoryVersionStore } from './testing/in-memory-version-store.js';

const register = (evidence: Partial<VersionEvidence>): Promise<ModelVersion> =>
  registerVersion(new InMemoryVersionStore(), { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence });

describe('missingEvidence()', () => {
  it('finds nothing missing in whole evidence, and every part in none', () => {
    expect(missingEvidence(exampleEvidence())).toEqual([]);
    expect(missingEvidence({})).toEqual([
      'modelType',
      'digest (SHA-256 of model.onnx)',
      'signature',
      'preprocessing',
      'metrics',
      'dataFingerprint',
    ]);
  });

  it.each([
    [{ modelType: '' }, 'modelType'],
    [{ digest: 'abc' }, 'digest (SHA-256 of model.onnx)'],
    [{ signature: { inputs: [], outputs: [] } }, 'signature'],
    [{ metrics: {} }, 'metrics'],
    [{ metrics: { rmse: 1, r2: Infinity } }, 'metric "r2" (Infinity)'],
    [{ dataFingerprint: '' }, 'dataFingerprint'],
  ])('counts %j as missing', (part, missing) => {
    expect(missingEvidence({ ...exampleEvidence(), ...part })).toEqual([missing]);
  });
});

describe('missingEvidence() of preprocessing', () => {
  const whole = exampleEvidence().preprocessing;
  const missingWith = (preprocessing: unknown): string[] =>
    missingEvidence({ ...exampleEvidence(), preprocessing: preprocessing as VersionEvidence['preprocessing'] });

  it('names every part that {} lacks', () => {
    expect(missingWith({})).toEqual([
      'preprocessing.features (one or more)',
      'preprocessing.windowLength (whole number, 1 or more)',
      'preprocessing.featureScaler (finite mean and positive scale, one per feature)',
      'preprocessing.targetScaler (finite mean and positive scale, one)',
    ]);
  });

  it.each([
    ['features', { features: [], featureScaler: { mean: [], scale: [] } }],
    ['windowLength', { windowLength: 0 }],
    ['windowLength', { windowLength: 1.5 }],
    ['featureScaler', { featureScaler: { mean: [0], scale: [1] } }],
    ['featureScaler', { featureScaler: { mean: [0, 0], scale: [1] } }],
    ['featureScaler', { featureScaler: { mean: [0, NaN], scale: [1, 1] } }],
    ['featureScaler', { featureScaler: { mean: [0, null], scale: [1, 1] } }],
    ['featureScaler', { featureScaler: { mean: [0, 0], scale: [1, 0] } }],
    ['featureScaler', { featureScaler: { mean: [0, 0], scale: [1, Infinity] } }],
    ['featureScaler', { featureScaler: null }],
    ['targetScaler', { targetScaler: { mean: [], scale: [] } }],
    ['targetScaler', { targetScaler: { mean: [0, 0], scale: [1, 1] } }],
    ['targetScaler', { targetScaler: { mean: 0, scale: 1 } }],
  ])('names %s for %j', (part, change) => {
    const missing = missingWith({ ...whole, ...change });
    expect(missing).toEqual([expect.stringContaining(`preprocessing.${part} `)]);
  });

  it('is fine with one row, one feature and a mean below zero', () => {
    const scaler = { mean: [-1], scale: [1e-9] };
    const smallest = {
      windowLength: 1,
      features: whole.features.slice(1),
      featureScaler: scaler,
      targetScaler: scaler,
    };
    expect(missingWith({ ...whole, ...smallest })).toEqual([]);
  });
});

describe('registerVersion()', () => {
  it('names every missing part in its refusal', async () => {
    const { modelType, signature, metrics, dataFingerprint } = exampleEvidence();
    await expect(register({ modelType, signature, metrics, dataFingerprint })).rejects.toMatchObject({
      code: 'REGISTRY_EVIDENCE_MISSING',
      details: { missing: ['digest (SHA-256 of model.onnx)', 'preprocessing'] },
      message:
        'Cannot register a version of "bit-life": missing digest (SHA-256 of model.onnx), preprocessing; register a version that a training run made',
    });
  });

  it('refuses evidence that no tag can hold, and takes a little less', async () => {
    await expect(register(exampleEvidence(5000))).rejects.toMatchObject({
      code: 'REGISTRY_EVIDENCE_TOO_LONG',
      details: { key: 'i_drill.preprocessing' },
    });
    expect((await register(exampleEvidence(500))).version).toBe('1');
  });

  it('keeps the description', async () => {
    const store = new InMemoryVersionStore();
    const registration = { name: 'bit-life', runId: 'r1', source: 's', evidence: exampleEvidence() };
    expect((await registerVersion(store, { ...registration, description: 'first' })).description).toBe('first');
    expect((await registerVersion(store, registration)).description).toBe('');
  });
});

describe('readEvidence()', () => {
  it('reads back what was registered', async () => {
    expect(readEvidence(await register(exampleEvidence()))).toEqual(exampleEvidence());
  });

  it('says what a version registered by other means lacks', async () => {
    const version = { ...(await register(exampleEvidence())), tags: { 'i_drill.model_type': 'lstm' } };
    expect(() => readEvidence(version)).toThrow(
      'Cannot read the evidence of version 1 of "bit-life": missing digest (SHA-256 of model.onnx), signature, preprocessing, metrics, dataFingerprint',
    );
  });

  it.each(['{"half', '[1]', '"text"', 'null'])('refuses metrics that are %s', async (text) => {
    const version = await register(exampleEvidence());
    const damaged = { ...version, tags: { ...version.tags, 'i_drill.metrics': text } };
    expect(() => readEvidence(damaged)).toThrow(expect.objectContaining({ code: 'REGISTRY_TAG_UNREADABLE' }));
  });
});
