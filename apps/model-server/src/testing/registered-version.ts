import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Preprocessing } from '@i-drill/core';
import { exportSequenceModel, sequenceSignature } from '@i-drill/onnx';
import { registerVersion } from '@i-drill/registry';
import { openMlflow } from 'mlflow-client-ts';

/** One window of the model that {@link registeredVersion} registers. */
export const exampleWindow: readonly (readonly number[])[] = [
  [1, 2],
  [3, 4],
  [5, 6],
];

const preprocessing: Preprocessing = {
  formatVersion: 1,
  task: 'remaining-useful-life',
  features: [
    { name: 'torque', unit: 'kN.m' },
    { name: 'rpm', unit: '1/min' },
  ],
  target: { name: 'life', unit: 'h' },
  windowLength: 3,
  padding: 'repeat-first-row',
  featureScaler: { mean: [0, 0], scale: [1, 1] },
  targetScaler: { mean: [0], scale: [1] },
};

/** A network whose weights are 0: every answer is the head's bias. */
function constantModel(answer: number): Uint8Array {
  const weights = [
    { name: 'lstm0.weights', shape: [4, 4], values: new Float32Array(16) },
    { name: 'head.kernel', shape: [1, 1], values: new Float32Array(1) },
    { name: 'head.bias', shape: [1], values: Float32Array.of(answer) },
  ];
  return exportSequenceModel({
    architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
    preprocessing,
    columns: [{ kind: 'point' }],
    members: [weights],
  });
}

/** A file store in a folder of its own, with `bit-life` version 1, which answers 7. */
export interface RegisteredVersion {
  readonly folder: string;
  readonly trackingUri: string;
  readonly runId: string;
  remove(): Promise<void>;
}

/** Registers the version; `uploaded` replaces files, for example by damaged ones. */
export async function registeredVersion(
  uploaded: Readonly<Record<string, Uint8Array | string>> = {},
): Promise<RegisteredVersion> {
  const folder = await mkdtemp(join(tmpdir(), 'model-server-'));
  const trackingUri = `file://${join(folder, 'mlruns')}`;
  const client = openMlflow({ trackingUri });
  const { runId } = await client.createRun({ experimentId: await client.ensureExperiment('test') });
  const onnx = constantModel(7);
  const files = { MLmodel: '{}', 'model.onnx': onnx, 'preprocessing.json': JSON.stringify(preprocessing), ...uploaded };
  for (const [name, content] of Object.entries(files)) await client.uploadArtifact(runId, `model/${name}`, content);
  await registerVersion(client, {
    name: 'bit-life',
    runId,
    source: `runs:/${runId}/model`,
    evidence: {
      modelType: 'lstm',
      digest: createHash('sha256').update(onnx).digest('hex'),
      signature: sequenceSignature(preprocessing),
      preprocessing,
      metrics: { rmse: 1 },
      dataFingerprint: 'ab'.repeat(32),
    },
  });
  return { folder, trackingUri, runId, remove: () => rm(folder, { recursive: true, force: true }) };
}
