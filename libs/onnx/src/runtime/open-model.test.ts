import type { PredictionInterval } from '@i-drill/core';
import type { OutputColumn } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { sequenceSignature } from '../description/sequence-signature.js';
import { exportSequenceModel } from '../export/export-sequence-model.js';
import { encodeModel, type GraphSpec, type ModelNotes } from '../format/messages.js';
import { pointOnly, randomModel, randomWindows, smallArchitectures } from '../testing/random-model.js';
import { openModel } from './open-model.js';

const size = { seed: 1, features: 3, windowLength: 4 };
const architecture = smallArchitectures[1]!; // its answers differ most from window to window
const model = randomModel({ ...size, architecture, columns: pointOnly });
const file = exportSequenceModel(model);

const interval: PredictionInterval = {
  method: 'split-conformal',
  coverage: 0.9,
  edges: [0],
  below: [1, 2],
  above: [3, 4],
  minimum: -5,
  maximum: 9,
  calibratedOn: { windows: 100, units: 20 },
};
const classes = ['normal', 'stick-slip', 'wash-out'].map((name): OutputColumn => ({ kind: 'class', name }));

/** A graph that runs: each output is its input. */
function copyGraph(shape: readonly (number | string)[], outputs: GraphSpec['outputs']): GraphSpec {
  return {
    name: 'copy',
    nodes: outputs.map(({ name }) => ({ operator: 'Identity', inputs: ['x'], outputs: [name] })),
    initializers: [],
    inputs: [{ name: 'x', shape }],
    outputs,
  };
}

/** One number per window under several names: the sum of the window. */
function sums(names: readonly string[], notes?: ModelNotes): Uint8Array {
  const graph: GraphSpec = {
    name: 'sums',
    nodes: [
      { operator: 'ReduceSum', inputs: ['x', 'axes'], outputs: ['sum'], attributes: { keepdims: 0 } },
      ...names.map((name) => ({ operator: 'Unsqueeze', inputs: ['sum', 'one'], outputs: [name] })),
    ],
    initializers: [
      { name: 'axes', dims: [2], values: BigInt64Array.of(1n, 2n) },
      { name: 'one', dims: [1], values: BigInt64Array.of(1n) },
    ],
    inputs: [{ name: 'x', shape: ['n', 2, 3] }],
    outputs: names.map((name) => ({ name, shape: ['n', 1] })),
  };
  return encodeModel(graph, notes);
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

  it('reads the signatures of intervals and of classes', async () => {
    const withInterval = await openModel(exportSequenceModel({ ...model, interval }));
    expect(withInterval.signature).toEqual(sequenceSignature(model.preprocessing, interval));
    expect(withInterval.signature.outputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['prediction', [-1, 1]],
      ['lower', [-1, 1]],
      ['upper', [-1, 1]],
    ]);
    await withInterval.close();
    const ofClasses = await openModel(exportSequenceModel(randomModel({ ...size, architecture, columns: classes })));
    expect(ofClasses.signature.outputs).toEqual([{ name: 'probabilities', dtype: 'float32', shape: [-1, 3] }]);
    await ofClasses.close();
  });

  it('opens a file that lies inside a larger buffer', async () => {
    const larger = new Uint8Array(file.length + 14);
    larger.set(file, 7);
    const opened = await openModel(larger.subarray(7, 7 + file.length));
    expect(opened.metadata?.preprocessing).toEqual(model.preprocessing);
    expect(await opened.predict(randomWindows(model.preprocessing, 1, 2), 1)).toHaveLength(1);
    await opened.close();
  });

  it('opens a file of another maker, which says nothing about itself', async () => {
    const opened = await openModel(sums(['y'], { metadata: [['author', 'someone']] }));
    expect(opened.metadata).toBeUndefined();
    expect(await opened.predictAll(Float32Array.of(1, 2, 3, 4, 5, 6), 1)).toEqual({ prediction: Float32Array.of(21) });
    await opened.close();
  });

  const corrupt: Record<string, Uint8Array> = {
    'no bytes': new Uint8Array(0),
    'other bytes': new TextEncoder().encode('<html>not found</html>'),
    'half a file': file.subarray(0, file.length / 2),
    'a model with a node that does not exist': encodeModel({
      ...copyGraph(['n', 2, 3], [{ name: 'y', shape: ['n', 2, 3] }]),
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

  it('refuses a model of other tensors and says which', async () => {
    const refused: [Uint8Array, found: string][] = [
      [encodeModel(copyGraph(['n', 2, 3], [{ name: 'y', shape: ['n', 2, 3] }])), '"x" [-1, 2, 3] -> "y" [-1, 2, 3]'],
      [encodeModel(copyGraph([1, 2, 3], [{ name: 'y', shape: [1, 2, 3] }])), '"x" [1, 2, 3] -> "y" [1, 2, 3]'],
      [sums(['prediction', 'lower']), '"x" [-1, 2, 3] -> "prediction" [-1, 1], "lower" [-1, 1]'],
      [
        sums(['lower', 'prediction', 'upper']),
        '"x" [-1, 2, 3] -> "lower" [-1, 1], "prediction" [-1, 1], "upper" [-1, 1]',
      ],
      [sums(['probabilities']), '"x" [-1, 2, 3] -> "probabilities" [-1, 1]'],
    ];
    for (const [bytes, found] of refused) {
      await expect(openModel(bytes)).rejects.toMatchObject({
        code: 'ONNX_INVALID_MODEL',
        message: `Cannot open the model: its tensors are ${found}, expected one [-1, rows, features] -> one [-1, 1], with or without "lower" and "upper", or "probabilities" [-1, classes]`,
      });
    }
    await (await openModel(sums(['prediction', 'lower', 'upper']))).close();
  });

  it('refuses a model that gives no float32', async () => {
    const graph = copyGraph(['n', 2, 3], [{ name: 'y', shape: ['n', 1] }]);
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

describe('OnnxModel.predictAll()', () => {
  it('gives the prediction alone where the model has nothing else, and nothing for nothing', async () => {
    const opened = await openModel(file);
    const inputs = randomWindows(model.preprocessing, 3, 6);
    expect(await opened.predictAll(inputs, 3)).toEqual({ prediction: await opened.predict(inputs, 3) });
    expect(await opened.predictAll(new Float32Array(0), 0)).toEqual({ prediction: new Float32Array(0) });
    await opened.close();
  });

  it('gives both ends of the interval, also for more windows than one run takes', async () => {
    const opened = await openModel(exportSequenceModel({ ...model, interval }));
    const inputs = randomWindows(model.preprocessing, 600, 7);
    const { prediction, lower, upper } = await opened.predictAll(inputs, 600);
    expect(prediction).toEqual(await opened.predict(inputs, 600));
    const bins = Array.from(prediction, (value) => (value < 0 ? 0 : 1));
    expect(new Set(bins).size).toBe(2);
    expect(lower).toEqual(prediction.map((value, n) => Math.max(value - interval.below[bins[n]!]!, -5)));
    expect(upper).toEqual(prediction.map((value, n) => Math.min(value + interval.above[bins[n]!]!, 9)));
    await opened.close();
  });

  it('gives the probability of each class, and as prediction the most probable one', async () => {
    const opened = await openModel(exportSequenceModel(randomModel({ ...size, architecture, columns: classes })));
    const inputs = randomWindows(model.preprocessing, 300, 8);
    const { prediction, probabilities, ...rest } = await opened.predictAll(inputs, 300);
    expect(rest).toEqual({});
    expect(await opened.predict(inputs, 300)).toEqual(prediction);
    for (let n = 0; n < 300; n++) {
      const shares = Array.from(probabilities!.subarray(3 * n, 3 * n + 3));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      expect(shares[prediction[n]!]).toBe(Math.max(...shares));
    }
    expect(new Set(prediction).size).toBeGreaterThan(1);
    await opened.close();
  });

  for (const kind of smallArchitectures) {
    it(`gives NaN for a window that is not finite in any place and leaves its neighbours alone: ${kind.type}`, async () => {
      const regimes = { count: 2, conditions: 1 };
      for (const [columns, extra] of [
        [pointOnly, { interval, regimes, anchorFeature: 0 }],
        [classes, {}],
      ] as const) {
        const spoilable = randomModel({ ...size, architecture: kind, columns, ...extra });
        const opened = await openModel(exportSequenceModel(spoilable));
        const clean = randomWindows(spoilable.preprocessing, 3, 4);
        const expected = Object.values(await opened.predictAll(clean, 3)) as Float32Array[];
        for (let place = 12; place < 24; place++) {
          const value = [NaN, Infinity, -Infinity][place % 3]!;
          const answers = Object.values(await opened.predictAll(clean.with(place, value), 3)) as Float32Array[];
          const width = (answer: Float32Array): number => answer.length / 3;
          for (const [i, answer] of answers.entries()) {
            expect(Array.from(answer)).toEqual(Array.from(expected[i]!.fill(NaN, width(answer), 2 * width(answer))));
          }
        }
        await opened.close();
      }
    });
  }
});
