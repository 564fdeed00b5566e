import { assertArtifactPath } from '../checks/artifact-path.js';
import { assertRunId } from '../checks/names.js';
import { invalidValue } from '../faults.js';
import { writeYaml } from '../yaml/write-yaml.js';
import { environmentFiles, pythonVersion } from './environments.js';
import type { JsonValue, MlmodelJson } from './mlmodel.js';

/** The tensors of a model, by name. A dimension of −1 is free. */
export interface TensorSignature {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
}

interface TensorShape {
  readonly name: string;
  /** A numpy name: `float32`, `int64`, … */
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Nested lists of numbers for the only input, or such lists by name of the input. */
export type TensorExample = readonly JsonValue[] | Readonly<Record<string, readonly JsonValue[]>>;

/** An ONNX model and what MLflow should know about it. */
export interface OnnxModelFilesOptions {
  readonly onnx: Uint8Array;
  readonly signature: TensorSignature;
  readonly runId: string;
  /** Folder among the artifacts of the run. */
  readonly artifactPath: string;
  readonly utcTime: Date;
  /** 32 hexadecimal digits. */
  readonly modelUuid: string;
  readonly inputExample?: TensorExample;
  /** Further files beside the model, by relative path. */
  readonly extraFiles?: Readonly<Record<string, Uint8Array | string>>;
  readonly metadata?: Readonly<Record<string, JsonValue>>;
}

/** A model folder in MLflow's format. */
export interface OnnxModelFiles {
  /** By path below `artifactPath`. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** For `recordModel`. */
  readonly mlmodel: MlmodelJson;
}

/**
 * The folder in which MLflow keeps an ONNX model: `MLmodel` (JSON, which is YAML), `model.onnx`, the environment files, and the input
 * example as is and as body of `/invocations`. `mlflow.pyfunc.load_model` loads it from the artifacts of a run, with tensors in and out.
 *
 * @throws MlflowError INVALID_PARAMETER_VALUE
 * @example
 * ```ts
 * import { onnxModelFiles } from 'mlflow-client-ts';
 * const tensor = { name: 'x', dtype: 'float32', shape: [-1, 2] };
 * const { files } = onnxModelFiles({
 *   onnx: new Uint8Array([8, 8]),
 *   signature: { inputs: [tensor], outputs: [tensor] },
 *   runId: 'a1',
 *   artifactPath: 'model',
 *   utcTime: new Date(0),
 *   modelUuid: '0123456789abcdef0123456789abcdef',
 * });
 * Object.keys(files); // => ['MLmodel', 'model.onnx', 'conda.yaml', 'python_env.yaml', 'requirements.txt']
 * ```
 */
export function onnxModelFiles(options: OnnxModelFilesOptions): OnnxModelFiles {
  assertOptions(options);
  const mlmodel = describeModel(options);
  const own = {
    MLmodel: writeYaml(mlmodel),
    'model.onnx': options.onnx,
    ...environmentFiles(),
    ...exampleFiles(options),
  };
  const extra = options.extraFiles ?? {};
  for (const path of Object.keys(extra)) {
    assertArtifactPath(path);
    if (Object.hasOwn(own, path))
      throw invalidValue(`Cannot add file "${path}" to the model: MLflow's own file has that name; rename it`);
  }
  return { files: { ...own, ...extra }, mlmodel };
}

function assertOptions({ runId, artifactPath, modelUuid, onnx, utcTime }: OnnxModelFilesOptions): void {
  assertRunId(runId);
  assertArtifactPath(artifactPath);
  if (!/^[0-9a-f]{32}$/.test(modelUuid)) {
    throw invalidValue(
      `Cannot describe the model: model UUID ${JSON.stringify(modelUuid)} is not 32 hexadecimal digits`,
    );
  }
  if (onnx.length === 0) throw invalidValue('Cannot describe the model: the ONNX file is empty');
  if (Number.isNaN(utcTime.getTime())) throw invalidValue('Cannot describe the model: utcTime is not a valid date');
}

function describeModel(options: OnnxModelFilesOptions): MlmodelJson {
  const { signature, inputExample, metadata } = options;
  return {
    artifact_path: options.artifactPath,
    flavors: {
      onnx: { data: 'model.onnx', providers: ['CPUExecutionProvider'], onnx_session_options: null, code: null },
      python_function: {
        loader_module: 'mlflow.onnx',
        data: 'model.onnx',
        env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
        python_version: pythonVersion,
      },
    },
    model_uuid: options.modelUuid,
    run_id: options.runId,
    utc_time_created: options.utcTime.toISOString().replace('T', ' ').replace('Z', '000'),
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

function exampleFiles({ inputExample, signature }: OnnxModelFilesOptions): Record<string, string> {
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
