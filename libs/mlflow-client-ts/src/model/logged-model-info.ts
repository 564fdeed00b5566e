import type { JsonValue, MlmodelJson } from './mlmodel.js';

/** One entry of the run tag `mlflow.log-model.history`: what identifies the model and how it loads, without the bulk. */
export function loggedModelInfo(mlmodel: MlmodelJson): Record<string, JsonValue> {
  const { run_id, artifact_path, utc_time_created, model_uuid, flavors } = mlmodel;
  return { run_id, artifact_path, utc_time_created, model_uuid, flavors };
}
