import type { RunTarget } from './replay-target.js';

/** Whether the run lists the model already. */
export async function isRecorded({ client, runId, isUncertain }: RunTarget, modelUuid: string): Promise<boolean> {
  if (!isUncertain) return false;
  const { tags } = await client.getRun(runId);
  return tags['mlflow.log-model.history']?.includes(`"${modelUuid}"`) === true;
}
