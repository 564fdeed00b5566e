import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PredictionInterval } from '@i-drill/core';
import { exportSequenceModel } from '@i-drill/onnx';
import { describe, expect, it } from 'vitest';
import { loadServedModel, type ServedModel } from './served-model.js';
import { preprocessing, withFolder } from './testing/fixtures.js';

const ref = { name: 'bit-life', version: '3' };

/** One hidden unit whose weights are 0: the answer is the head's bias, 7. */
const constantModel: Parameters<typeof exportSequenceModel>[0] = {
  architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
  preprocessing,
  columns: [{ kind: 'point' }],
  members: [
    [
      { name: 'lstm0.weights', shape: [4, 4], values: new Float32Array(16) },
      { name: 'head.kernel', shape: [1, 1], values: new Float32Array(1) },
      { name: 'head.bias', shape: [1], values: Float32Array.of(7) },
    ],
  ],
};
const onnx = exportSequenceModel(constantModel);
const digest = digestOf(onnx);

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function withArtifacts<T>(
  use: (folder: string) => Promise<T>,
  described: unknown = preprocessing,
  file: Uint8Array = onnx,
): Promise<T> {
  return withFolder(async (folder) => {
    await writeFile(join(folder, 'MLmodel'), '{}');
    await writeFile(join(folder, 'model.onnx'), file);
    await writeFile(join(folder, 'preprocessing.json'), JSON.stringify(described));
    return use(folder);
  });
}

function load(directory: string, expectedDigest = digest): Promise<ServedModel> {
  return loadServedModel({ ref, directory, expectedDigest });
}

describe('loadServedModel()', () => {
  it('opens a version whose files fit together, ready to predict', () =>
    withArtifacts(async (folder) => {
      const model = await load(folder);
      expect(await model.predict(new Float32Array(12), 2)).toEqual({ prediction: Float32Array.of(7, 7) });
      expect(model.signature.inputs[0]).toEqual({ name: 'window', dtype: 'float32', shape: [-1, 3, 2] });
      await model.close();
    }));

  it('opens a version with an interval', () => {
    const interval: PredictionInterval = {
      method: 'split-conformal',
      coverage: 0.9,
      edges: [],
      below: [2],
      above: [2],
      maximum: 8,
      calibratedOn: { windows: 100, units: 20 },
    };
    const file = exportSequenceModel({ ...constantModel, interval });
    const useFolder = async (folder: string): Promise<void> => {
      const model = await load(folder, digestOf(file));
      const [prediction, lower, upper] = [7, 5, 8].map((value) => Float32Array.of(value));
      expect(await model.predict(new Float32Array(6), 1)).toEqual({ prediction, lower, upper });
      expect(model.signature.outputs.map(({ name }) => name)).toEqual(['prediction', 'lower', 'upper']);
      await model.close();
    };
    return withArtifacts(useFolder, preprocessing, file);
  });

  it('refuses a model file with one flipped bit', () =>
    withArtifacts(async (folder) => {
      const path = join(folder, 'model.onnx');
      const bytes = await readFile(path);
      bytes[bytes.length - 1]! ^= 1;
      await writeFile(path, bytes);
      await expect(load(folder)).rejects.toMatchObject({
        code: 'SERVING_DIGEST_MISMATCH',
        details: { expected: digest },
      });
    }));

  it('refuses preprocessing of another window length', () =>
    withArtifacts(
      async (folder) => {
        await expect(load(folder)).rejects.toMatchObject({
          code: 'SERVING_SIGNATURE_MISMATCH',
          details: {
            found: 'window[-1,3,2] -> prediction[-1,1]',
            expected: [
              'window[-1,4,2] -> prediction[-1,1]',
              'window[-1,4,2] -> prediction[-1,1], lower[-1,1], upper[-1,1]',
            ],
          },
        });
      },
      { ...preprocessing, windowLength: 4 },
    ));

  it.each(['MLmodel', 'model.onnx', 'preprocessing.json'])('names %s when it is missing', (file) =>
    withArtifacts(async (folder) => {
      await rm(join(folder, file));
      await expect(load(folder)).rejects.toMatchObject({
        code: 'SERVING_MODEL_UNREADABLE',
        details: { path: join(folder, file) },
      });
    }),
  );

  it.each([null, [], { formatVersion: 2 }])('refuses %j as preprocessing', (described) =>
    withArtifacts(async (folder) => {
      await expect(load(folder)).rejects.toMatchObject({ code: 'SERVING_MODEL_UNREADABLE' });
    }, described),
  );

  it('refuses preprocessing that is no JSON', () =>
    withArtifacts(async (folder) => {
      await writeFile(join(folder, 'preprocessing.json'), '{');
      await expect(load(folder)).rejects.toMatchObject({ code: 'SERVING_MODEL_UNREADABLE' });
    }));
});
