import { assertContent, assertPlacement, type LogModelOptions } from '../model/log-model-options.js';
import { readModelFolder, utcTimeText, type ModelContent, type ModelFile } from '../model/model-content.js';
import { onnxModelContent } from '../model/onnx-model-content.js';
import type { LogModelOperation } from '../spool/operation.js';
import type { OperationResult } from '../spool/run-log.js';
import type { ActiveRun, LoggedModelResult } from './active-run.js';
import type { RunContext } from './run-context.js';
import type { RunWriter } from './run-writer.js';

type ModelMethods = Pick<ActiveRun, 'logModel' | 'logOnnxModel'>;

/** Models of a run. */
export function runModelMethods({ writer, ports }: RunContext): ModelMethods {
  const logModel: ActiveRun['logModel'] = async (options) => {
    assertPlacement(options);
    const content = typeof options.model === 'string' ? await readModelFolder(options.model) : options.model;
    assertContent(content);
    const created = utcTimeText(new Date(ports.now()));
    const mlmodel = { utc_time_created: created, ...content.mlmodel };
    const files = await keepFiles(writer, content);
    const { name, ...operation } = operationOf(options);
    const result = await writer.perform({ ...operation, name, files, mlmodel });
    return describe(`runs:/${writer.log.runId}/${name}`, result);
  };
  return {
    logModel,
    async logOnnxModel(options) {
      return logModel({ ...options, model: onnxModelContent(options, new Date(ports.now())) });
    },
  };
}

type Placed = Omit<LogModelOperation, 'files' | 'mlmodel'>;

function operationOf({ name = 'model', step, modelType, layout, register }: LogModelOptions): Placed {
  return {
    type: 'logModel',
    name,
    ...(step !== undefined && { step }),
    ...(modelType !== undefined && { modelType }),
    ...(layout !== undefined && { layout }),
    ...(register !== undefined && { register }),
  };
}

async function keepFiles({ log }: RunWriter, { files }: ModelContent): Promise<Record<string, string>> {
  const kept: [string, string][] = [];
  for (const [path, file] of Object.entries(files)) kept.push([path, await keepFile(log, file)]);
  return Object.fromEntries(kept);
}

async function keepFile(log: RunWriter['log'], file: ModelFile): Promise<string> {
  if (typeof file === 'string' || file instanceof Uint8Array) return log.putBlob(file);
  return log.putBlobFile(file.localFile);
}

function describe(runUri: string, result: OperationResult | undefined): LoggedModelResult {
  if (result === undefined) return {};
  const { modelId, version } = result;
  return {
    modelUri: modelId === undefined ? runUri : `models:/${modelId}`,
    ...(modelId !== undefined && { modelId }),
    ...(version !== undefined && { version }),
  };
}
