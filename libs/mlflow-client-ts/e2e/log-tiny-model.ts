import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onnxModelFiles, type MlflowClient, type ModelVersion } from '../src/index.js';

/** The model of test/vectors/tiny_onnx.py: 1·0 + 2·1 + 3·2 + 4·3 + 5·4 + 6·5 = 70 for the window 0…5. */
export const tinyWindow: number[][][] = [[[0, 1, 2], [3, 4, 5]]]; // prettier-ignore
export const tinyPrediction = 70;

/** Logs the tiny ONNX model to a new run and registers it with the alias `champion`. */
export async function logTinyModel(client: MlflowClient, name: string): Promise<ModelVersion> {
  const onnx = await readFile(join(import.meta.dirname, '../test/vectors/tiny.onnx'));
  const { runId } = await client.createRun({ experimentId: await client.ensureExperiment(name) });
  const { files, mlmodel } = onnxModelFiles({
    onnx,
    signature: {
      inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 2, 3] }],
      outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
    },
    runId,
    artifactPath: 'model',
    utcTime: new Date('2026-01-02T03:04:05.678Z'),
    modelUuid: '0123456789abcdef0123456789abcdef',
    inputExample: tinyWindow,
    extraFiles: { 'preprocessing.json': '{}' },
    metadata: { learning_rate: 1e-7, note: 'a: "b" # ü\u2028' },
  });
  for (const [path, content] of Object.entries(files)) await client.uploadArtifact(runId, `model/${path}`, content);
  await client.recordModel(runId, mlmodel);
  await client.updateRun(runId, { status: 'FINISHED' });
  await client.ensureRegisteredModel(name);
  const version = await client.createModelVersion({ name, source: `runs:/${runId}/model`, runId });
  await client.setRegisteredModelAlias(name, 'champion', version.version);
  return version;
}
