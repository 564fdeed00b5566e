import type { MlflowClient } from '../api/mlflow-client.js';
import type { Recorder } from './export-report.js';
import type { IdMap } from './id-map.js';

/** What the parts of an export share. */
export interface ExportContext {
  readonly from: MlflowClient;
  readonly to: MlflowClient;
  readonly ids: IdMap;
  readonly recorder: Recorder;
  readonly includeDeleted: boolean;
  /** Whether both stores have logged models. */
  readonly hasLoggedModels: boolean;
  /** For files on their way. */
  readonly workFolder: string;
}

/** Tags by which an export finds its own work again. */
export const originTags = {
  run: 'mlflow-client-ts.originRunId',
  model: 'mlflow-client-ts.originModelId',
  version: 'mlflow-client-ts.originVersion',
  /** `complete` when nothing of the run or logged model is missing. */
  export: 'mlflow-client-ts.export',
} as const;

/** Whether an export has brought all of a run or logged model. */
export function isComplete(tags: Readonly<Record<string, string>>): boolean {
  return tags[originTags.export] === 'complete';
}

/** The tags of the original with the new ids, without those of earlier exports and the given ones. */
export function exportedTags(
  { ids }: ExportContext,
  tags: Readonly<Record<string, string>>,
  without: readonly string[] = [],
): Record<string, string> {
  const own: readonly string[] = [...Object.values(originTags), ...without];
  const kept = Object.entries(tags).filter(([key]) => !own.includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, ids.map(value)]));
}
