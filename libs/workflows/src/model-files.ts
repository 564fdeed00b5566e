import type { SequenceModel } from '@i-drill/training';
import { companionFiles, modelFolder } from './model-artifact.js';
import type { LoopPorts } from './ports.js';
import type { Exam } from './score.js';
import type { TrainRequest } from './train-version.js';

/** What a model folder is filled from. */
interface ModelFilesInput {
  readonly onnx: Uint8Array;
  readonly model: SequenceModel;
  readonly exam: Exam;
}

/** Uploads the model with everything that makes it usable. */
export async function logModelFiles(
  ports: LoopPorts,
  request: TrainRequest,
  runId: string,
  input: ModelFilesInput,
): Promise<void> {
  const { data, recipe } = request;
  const { preprocessing, interval } = input.model;
  const { files, mlmodel } = ports.models.packageModel({
    onnx: input.onnx,
    signature: ports.models.signatureOf(preprocessing, interval),
    runId,
    artifactPath: modelFolder,
    at: ports.clock.now(),
    inputExample: [firstWindow(input.exam)],
    extraFiles: companionFiles(data.train, preprocessing, { ...recipe, evaluateOn: data.test.evaluateOn }),
  });
  for (const [path, content] of Object.entries(files)) {
    await ports.store.uploadArtifact(runId, `${modelFolder}/${path}`, content);
  }
  await ports.store.recordModel(runId, mlmodel);
}

function firstWindow({ windows }: Exam): number[][] {
  const { length, featureCount, inputs } = windows;
  return Array.from({ length }, (_, t) => Array.from(inputs.subarray(t * featureCount, (t + 1) * featureCount)));
}
