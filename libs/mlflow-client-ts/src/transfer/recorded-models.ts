import type { MlmodelJson } from '../model/mlmodel.js';
import type { ExportContext } from './export-context.js';
import type { RunTransfer } from './export-runs.js';

/** The tag in which a server lists the models of a run, as MLflow 2 logs them. */
export const recordedModelsTag = 'mlflow.log-model.history';

const longestTag = 8000;

/** Brings the list of models: as it is, or model by model when it is longer than a tag that is set may be. */
export async function exportRecordedModels({ to, ids }: ExportContext, { source, runId }: RunTransfer): Promise<void> {
  const list = source.tags[recordedModelsTag];
  if (list === undefined) return;
  const mapped = ids.map(list);
  if (mapped.length <= longestTag) return to.setTag(runId, recordedModelsTag, mapped);
  const present = (await to.getRun(runId)).tags[recordedModelsTag] ?? '';
  for (const mlmodel of JSON.parse(mapped) as MlmodelJson[]) {
    if (!present.includes(`"${mlmodel.model_uuid}"`)) await to.recordModel(runId, mlmodel);
  }
}
