import { describe, expect, it } from 'vitest';
import { exportSequenceModel } from './export-sequence-model.js';
import { encodeModel, type GraphSpec } from './messages.js';
import { openModel } from './open-model.js';
import { sequenceSignature } from './sequence-signature.js';
import { randomModel, randomWindows } from './testing/random-model.js';

const model = randomModel({ seed: 1, layers: 1, features: 3 });
const file = exportSequenceModel(model);

/** A graph that runs, of a shape that is not ours. */
function copyGraph(shape: readonly (number | string)[], output: readonly (number | string)[]): GraphSpec {
  return {
    name: 'copy',
    nodes: [{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }],
    initializers: [],
    inputs: [{ name: 'x', shape }],
    outputs: [{ name: 'y', shape: output }],
  };
}

describe('openModel()', () => {
  it('reads from the file the signature that the preprocessing promises', async () => {
    const opened = await openModel(file);
    expect(opened.signature).toEqual(sequenceSignature(model.preprocessing));
    expect(opened.signature).toEqual({
      inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 4, 3] }],
      outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
    });
    await opened.close();
  });

  it('opens a file that lies inside a larger buffer', async () => {
    const larger = new Uint8Array(file.length + 14);
    larger.set(file, 7);
    const opened = await openModel(larger.subarray(7, 7 + file.length));
    expect(await opened.predict(randomWindows(model.preprocessing, 1, 2), 1)).toHaveLength(1);
    await opened.close();
  });

  const corrupt: Record<string, Uint8Array> = {
    'no bytes': new Uint8Array(0),
    'other bytes': new TextEncoder().encode('<html>not found</html>'),
    'half a file': file.subarray(0, file.length / 2),
    'a model with a node that does not exist': encodeModel({
      ...copyGraph(['n', 2, 3], ['n', 2, 3]),
      nodes: [{ operator: 'Guess', inputs: ['x'], outputs: ['y'] }],
    }),
  };
  for (const [title, bytes] of Object.entries(corrupt)) {
    it(`refuses ${title}`, async () => {
      await expect(openModel(bytes)).rejects.toMatchObject({
        name: 'OnnxError',
        code: 'ONNX_INVALID_MODEL',
        message: `Cannot open the model: ${bytes.length} bytes are not a model that onnxruntime accepts; export it again`,
        cause: expect.any(Error) as Error,
      });
    });
  }

  it('refuses a model of another shape and says which', async () => {
    await expect(openModel(encodeModel(copyGraph(['n', 2, 3], ['n', 2, 3])))).rejects.toMatchObject({
      code: 'ONNX_INVALID_MODEL',
      message:
        'Cannot open the model: its tensors are "x" [-1, 2, 3] -> "y" [-1, 2, 3], expected one [-1, rows, features] -> one [-1, 1]',
    });
    await expect(openModel(encodeModel(copyGraph([1, 2, 3], [1, 2, 3])))).rejects.toMatchObject({
      code: 'ONNX_INVALID_MODEL',
    });
  });

  it('refuses a model that gives no float32', async () => {
    const graph = copyGraph(['n', 2, 3], ['n', 1]);
    const shapeOf = { ...graph, nodes: [{ operator: 'Shape', inputs: ['x'], outputs: ['y'] }] };
    await expect(openModel(encodeModel(shapeOf))).rejects.toMatchObject({ code: 'ONNX_INVALID_MODEL' });
  });
});

describe('OnnxModel.predict()', () => {
  it('refuses values that are not whole windows, and takes those that are', async () => {
    const opened = await openModel(file);
    const inputs = randomWindows(model.preprocessing, 2, 3);
    for (const count of [1, 3, -2, 0.5, NaN]) {
      await expect(opened.predict(inputs, count)).rejects.toMatchObject({
        code: 'ONNX_INPUT_SHAPE',
        message: `Cannot run the model: 24 values are not ${count} windows of 4 rows and 3 features; send count * rows * features values`,
      });
    }
    expect(await opened.predict(inputs, 2)).toHaveLength(2);
    await opened.close();
  });

  it('gives nothing for nothing', async () => {
    const opened = await openModel(file);
    expect(await opened.predict(new Float32Array(0), 0)).toEqual(new Float32Array(0));
    await opened.close();
  });

  for (const [layers, anchorFeature] of [
    [1, undefined],
    [2, 0],
  ] as const) {
    // prettier-ignore
    for (const value of [NaN, Infinity, -Infinity]) {
      it(`gives NaN for a window with ${value} in any place, ${layers} layers, and leaves its neighbours alone`, async () => {
        const spoilable = randomModel({ seed: 9, layers, features: 3, anchorFeature });
        const opened = await openModel(exportSequenceModel(spoilable));
        const clean = randomWindows(spoilable.preprocessing, 3, 4);
        const [first, , third] = await opened.predict(clean, 3);
        for (let place = 12; place < 24; place++) {
          const outputs = await opened.predict(clean.with(place, value), 3); // in the second window
          expect(Array.from(outputs)).toEqual([first, NaN, third]);
        }
        await opened.close();
      });
    }
  }

  it('fails after close(), which may be called twice', async () => {
    const opened = await openModel(file);
    await opened.close();
    await opened.close();
    await expect(opened.predict(randomWindows(model.preprocessing, 1, 5), 1)).rejects.toMatchObject({
      code: 'ONNX_RUN_FAILED',
      message: 'Cannot run the model: it is closed; open it again',
    });
  });

  it('passes on a failure of the runtime', async () => {
    // An index that depends on the input is checked only when the graph runs: row 9 of 2.
    const graph: GraphSpec = {
      name: 'broken',
      nodes: [
        { operator: 'Cast', inputs: ['x'], outputs: ['index'], attributes: { to: 7 } },
        { operator: 'ReduceMax', inputs: ['index'], outputs: ['row'], attributes: { keepdims: 0 } },
        { operator: 'Gather', inputs: ['x', 'row'], outputs: ['features'], attributes: { axis: 1 } },
        { operator: 'ReduceSum', inputs: ['features', 'axis'], outputs: ['y'] },
      ],
      initializers: [{ name: 'axis', dims: [1], values: BigInt64Array.of(1n) }],
      inputs: [{ name: 'x', shape: ['n', 2, 3] }],
      outputs: [{ name: 'y', shape: ['n', 1] }],
    };
    const opened = await openModel(encodeModel(graph));
    await expect(opened.predict(new Float32Array(6).fill(9), 1)).rejects.toMatchObject({
      code: 'ONNX_RUN_FAILED',
      message: 'Cannot run the model: onnxruntime failed',
      cause: expect.any(Error) as Error,
    });
    expect(await opened.predict(new Float32Array(6).fill(1), 1)).toEqual(Float32Array.of(3));
    await opened.close();
  });
});
