import type { SensorDataset } from '@i-drill/core';
import { createHash } from 'node:crypto';
import { registerVersion, type ModelVersion, type VersionEvidence } from '@i-drill/registry';
import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { fitPreprocessing, type TrainingSettings } from '@i-drill/training';
import { companionFiles, type DatasetRecipe } from '../model-artifact.js';
import type { LoopPorts } from '../ports.js';
import type { TrainRequest } from '../train-version.js';
import { FakeModelFormat, type Answer, type Predictor } from './fake-model-format.js';
import { InMemoryRunStore } from './in-memory-run-store.js';
import { smallSplit } from './small-data.js';

/** The world of one test. */
export interface Scene {
  readonly ports: LoopPorts;
  readonly store: InMemoryRunStore;
  readonly format: FakeModelFormat;
  readonly clock: FakeClock;
  readonly logger: CapturingLogger;
}

/** A world in which nothing has happened yet. */
export function openScene(): Scene {
  const store = new InMemoryRunStore();
  const format = new FakeModelFormat();
  const clock = new FakeClock(1000);
  const logger = new CapturingLogger();
  const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
  const decodeText = (content: Uint8Array): string => new TextDecoder().decode(content);
  return { ports: { store, models: format, clock, logger, sha256, decodeText }, store, format, clock, logger };
}

export const recipe: DatasetRecipe = {
  parts: [{ kind: 'bit-runs', count: 16 }],
  split: { seed: 1 },
  fingerprint: 'whole-fingerprint',
  rows: 222,
  units: 16,
};

const windowLength = 3;

const settings: TrainingSettings = {
  loss: [{ type: 'mse' }],
  learningRate: 0.05,
  schedule: { type: 'plateau' },
  weightDecay: 0,
  batchSize: 32,
  epochs: 2,
  patience: 2,
  gradientClip: 1,
  seed: 1,
};

/** Two epochs of a tiny network on the small bit runs. */
export function trainRequest(changed: Partial<TrainingSettings> = {}): TrainRequest {
  return {
    modelName: 'bit-life',
    architecture: { type: 'lstm', hiddenSize: 4, numLayers: 1, dropout: 0 },
    experiment: 'tests',
    data: smallSplit(),
    recipe,
    window: { length: windowLength, stride: 2 },
    settings: { ...settings, ...changed },
    exportTolerance: 1e-4,
    backend: { name: 'cpu', tfjsVersion: '4', tried: [{ name: 'wasm', reason: 'not asked for' }] },
    who: 'ada',
    gitCommit: 'c0ffee',
  };
}

/** Knows the remaining hours: the wear in the last row of each window, turned round. */
export const perfect: Predictor = (inputs, count) => {
  const size = inputs.length / count;
  return Float32Array.from({ length: count }, (_, i) => 10 - inputs[(i + 1) * size - 2]!);
};

/** A version of the small bit runs that answers as it is told, registered like a trained one. */
export async function registeredVersion(
  { ports, store, format }: Scene,
  predictor: Answer,
  options: {
    readonly exportDifference?: number;
    readonly metrics?: VersionEvidence['metrics'];
    readonly evaluateOn?: NonNullable<DatasetRecipe['evaluateOn']>;
    readonly train?: SensorDataset;
  } = {},
): Promise<ModelVersion> {
  const { train = smallSplit().train } = options;
  const preprocessing = fitPreprocessing(train, { windowLength });
  const onnx = format.fileOf(predictor);
  const { runId } = await store.createRun({ experimentId: 'experiment tests' });
  const { evaluateOn } = options;
  const judged = { ...recipe, ...(evaluateOn === undefined ? {} : { evaluateOn }) };
  const files = { 'model.onnx': onnx, ...companionFiles(train, preprocessing, judged) };
  for (const [path, content] of Object.entries(files)) await store.uploadArtifact(runId, `model/${path}`, content);
  const value = options.exportDifference ?? 0;
  if (!Number.isNaN(value)) {
    const metrics = [{ key: 'export_relative_difference', value, timestamp: 0, step: 0 }];
    await store.logBatch(runId, { metrics });
  }
  await store.updateRun(runId, { status: 'FINISHED' });
  return registerVersion(store, {
    name: 'bit-life',
    runId,
    source: `memory:/${runId}/model`,
    evidence: {
      modelType: 'lstm',
      digest: ports.sha256(onnx),
      signature: format.signatureOf(preprocessing),
      preprocessing,
      metrics: options.metrics ?? { mae: 1, rmse: 1.5, r2: 0.9 },
      dataFingerprint: recipe.fingerprint,
    },
  });
}
