import { assertArtifactPath } from '../checks/artifact-path.js';
import { assertRunId } from '../checks/names.js';
import { invalidValue } from '../faults.js';
import { writeYaml } from '../yaml/write-yaml.js';
import type { MlmodelJson } from './mlmodel.js';
import { onnxModelContent, type OnnxModelOptions } from './onnx-model-content.js';

/** An ONNX model and what MLflow should know about it. */
export interface OnnxModelFilesOptions extends OnnxModelOptions {
  readonly runId: string;
  /** Folder among the artifacts of the run. */
  readonly artifactPath: string;
  readonly utcTime: Date;
  /** 32 hexadecimal digits. */
  readonly modelUuid: string;
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
  assertIds(options);
  const { runId, artifactPath, modelUuid } = options;
  const { files, mlmodel } = onnxModelContent(options, options.utcTime);
  const complete = {
    ...mlmodel,
    artifact_path: artifactPath,
    run_id: runId,
    model_uuid: modelUuid,
  } as unknown as MlmodelJson;
  return { files: { MLmodel: writeYaml(complete), ...files }, mlmodel: complete };
}

function assertIds({ runId, artifactPath, modelUuid }: OnnxModelFilesOptions): void {
  assertRunId(runId);
  assertArtifactPath(artifactPath);
  if (/^[0-9a-f]{32}$/.test(modelUuid)) return;
  throw invalidValue(`Cannot describe the model: model UUID ${JSON.stringify(modelUuid)} is not 32 hexadecimal digits`);
}
