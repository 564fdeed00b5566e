import { assertArtifactPath } from '../checks/artifact-path.js';
import { invalidValue } from '../faults.js';
import { environmentFiles, pythonVersion } from './environments.js';
import type { ModelPlacement } from './log-model-options.js';
import type { JsonValue } from './mlmodel.js';
import { utcTimeText, type ModelDescription } from './model-content.js';

/** The tensors of a model, by name. A dimension of −1 is free. */
export interface TensorSignature {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
}

/** One tensor of a model. */
export interface TensorShape {
  readonly name: string;
  /** A numpy name: `float32`, `int64`, … */
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Nested lists of numbers for the only input, or such lists by name of the input. */
export type TensorExample = readonly JsonValue[] | Readonly<Record<string, readonly JsonValue[]>>;

/** An ONNX model and what MLflow should know about it, whichever run it is of. */
export interface OnnxModelOptions {
  readonly onnx: Uint8Array;
  readonly signature: TensorSignature;
  readonly inputExample?: TensorExample;
  /** Further files beside the model, by relative path. */
  readonly extraFiles?: Readonly<Record<string, Uint8Array | string>>;
  readonly metadata?: Readonly<Record<string, JsonValue>>;
}

/** An ONNX model to be logged. */
export interface LogOnnxModelOptions extends OnnxModelOptions, ModelPlacement {}

/** An ONNX model folder without `MLmodel`, which has the ids of the run. */
export interface OnnxModelContent {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly mlmodel: ModelDescription;
}

/** Describes an ONNX model, and lists its files in the order in which they are written. */
export function onnxModelContent(options: OnnxModelOptions, utcTime: Date): OnnxModelContent {
  if (options.onnx.length === 0) throw invalidValue('Cannot describe the model: the ONNX file is empty');
  if (Number.isNaN(utcTime.getTime())) throw invalidValue('Cannot describe the model: utcTime is not a valid date');
  const own = { 'model.onnx': options.onnx, ...environmentFiles(), ...exampleFiles(options) };
  const extra = options.extraFiles ?? {};
  for (const path of Object.keys(extra)) {
    assertArtifactPath(path);
    if (path === 'MLmodel' || Object.hasOwn(own, path))
      throw invalidValue(`Cannot add file "${path}" to the model: MLflow's own file has that name; rename it`);
  }
  return { files: { ...own, ...extra }, mlmodel: describeModel(options, utcTime) };
}

function describeModel({ signature, inputExample, metadata }: OnnxModelOptions, utcTime: Date): ModelDescription {
  return {
    flavors: {
      onnx: { data: 'model.onnx', providers: ['CPUExecutionProvider'], onnx_session_options: null, code: null },
      python_function: {
        loader_module: 'mlflow.onnx',
        data: 'model.onnx',
        env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
        python_version: pythonVersion,
      },
    },
    utc_time_created: utcTimeText(utcTime),
    signature: { inputs: describeTensors(signature.inputs), outputs: describeTensors(signature.outputs), params: null },
    ...(inputExample !== undefined && {
      saved_input_example_info: {
        artifact_path: 'input_example.json',
        serving_input_path: 'serving_input_example.json',
        type: 'ndarray',
      },
    }),
    ...(metadata !== undefined && { metadata }),
  };
}

// MLflow keeps each half of a signature as JSON text.
function describeTensors(tensors: readonly TensorShape[]): string {
  return JSON.stringify(
    tensors.map(({ name, dtype, shape }) => ({ name, type: 'tensor', 'tensor-spec': { dtype, shape } })),
  );
}

function exampleFiles({ inputExample, signature }: OnnxModelOptions): Record<string, string> {
  if (inputExample === undefined) return {};
  const tensors = Array.isArray(inputExample) ? { [onlyInput(signature)]: inputExample } : inputExample;
  return {
    'input_example.json': JSON.stringify(tensors),
    'serving_input_example.json': JSON.stringify({ inputs: tensors }),
  };
}

function onlyInput({ inputs }: TensorSignature): string {
  const [first] = inputs;
  if (first !== undefined && inputs.length === 1) return first.name;
  throw invalidValue(
    `Cannot write the input example: the model has ${inputs.length} inputs; give an object with one list per input name`,
  );
}
