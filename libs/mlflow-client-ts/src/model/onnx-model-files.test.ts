import { describe, expect, it } from 'vitest';
import { onnxModelFiles, type OnnxModelFilesOptions } from '../index.js';

const options: OnnxModelFilesOptions = {
  onnx: Uint8Array.of(1, 2, 3),
  signature: {
    inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 2, 3] }],
    outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
  },
  runId: 'a'.repeat(32),
  artifactPath: 'model',
  utcTime: new Date('2026-01-02T03:04:05.678Z'),
  modelUuid: '0123456789abcdef0123456789abcdef',
};

describe('onnxModelFiles()', () => {
  it('describes the model to MLflow', () => {
    const { files, mlmodel } = onnxModelFiles({ ...options, metadata: { digest: 'abc' } });
    expect(JSON.parse(String(files['MLmodel']))).toEqual(mlmodel);
    expect(mlmodel).toMatchObject({
      artifact_path: 'model',
      run_id: options.runId,
      model_uuid: options.modelUuid,
      utc_time_created: '2026-01-02 03:04:05.678000',
      metadata: { digest: 'abc' },
      signature: {
        inputs: '[{"name":"window","type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,2,3]}}]',
        outputs: '[{"name":"prediction","type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,1]}}]',
        params: null,
      },
      flavors: {
        python_function: { loader_module: 'mlflow.onnx', data: 'model.onnx' },
        onnx: { data: 'model.onnx' },
      },
    });
    expect(files['model.onnx']).toBe(options.onnx);
    expect(mlmodel).not.toHaveProperty('saved_input_example_info');
  });

  it('writes the input example as is and as body of a request, under the name of the only input', () => {
    const { files, mlmodel } = onnxModelFiles({ ...options, inputExample: [[[1, 2, 3], [4, 5, 6]]] }); // prettier-ignore
    expect(files['input_example.json']).toBe('{"window":[[[1,2,3],[4,5,6]]]}');
    expect(files['serving_input_example.json']).toBe('{"inputs":{"window":[[[1,2,3],[4,5,6]]]}}');
    expect(mlmodel['saved_input_example_info']).toMatchObject({ type: 'ndarray' });
  });

  it('takes an input example by name, which a model of several inputs needs', () => {
    const twoInputs = { ...options.signature, inputs: [...options.signature.inputs, ...options.signature.outputs] };
    const named = { window: [[0]], prediction: [[1]] };
    const { files } = onnxModelFiles({ ...options, signature: twoInputs, inputExample: named });
    expect(JSON.parse(String(files['input_example.json']))).toEqual(named);
    expect(() => onnxModelFiles({ ...options, signature: twoInputs, inputExample: [[0]] })).toThrow('2 inputs');
  });

  it('adds further files, but not over its own', () => {
    const { files } = onnxModelFiles({ ...options, extraFiles: { 'data/preprocessing.json': '{}', constructor: 'x' } });
    expect(files).toMatchObject({ 'data/preprocessing.json': '{}', constructor: 'x' });
    for (const path of ['MLmodel', 'model.onnx', 'conda.yaml', '../x']) {
      const add = (): unknown => onnxModelFiles({ ...options, extraFiles: { [path]: '' } });
      expect(add).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
    }
  });

  it.each([
    ['an empty model', { onnx: new Uint8Array() }],
    ['a UUID with dashes', { modelUuid: '01234567-89ab-cdef-0123-456789abcdef' }],
    ['no date', { utcTime: new Date(NaN) }],
    ['an absolute artifact path', { artifactPath: '/model' }],
    ['a run id that is a path', { runId: '../x' }],
  ])('refuses %s', (_, change) => {
    const make = (): unknown => onnxModelFiles({ ...options, ...change });
    expect(make).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
  });
});
