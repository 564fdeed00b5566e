import type { CreateModelVersion } from '../api/model-versions.js';
import { assertKey } from './keys.js';
import { assertModelId, assertModelName, assertRunId } from './names.js';
import { assertText } from './text.js';
import { assertLength } from './text-length.js';

const tagLimits = { model: 'modelTagValue', version: 'versionTagValue' } as const;

/** Refuses a tag of a registered model or version that a server refuses. */
export function assertRegistryTag(kind: 'model' | 'version', key: string, value: string): void {
  assertKey('tag', key);
  assertText(`value of tag "${key}"`, value);
  assertLength(tagLimits[kind], `value of tag "${key}"`, value);
}

/** Refuses a version of which anything would be refused. */
export function assertNewVersion({ name, runId, modelId, source, description, tags }: CreateModelVersion): void {
  assertModelName(name);
  if (runId !== undefined) assertRunId(runId);
  if (modelId !== undefined) assertModelId(modelId);
  assertLength('versionSource', 'source of the model version', source);
  assertLength('versionDescription', 'description of the model version', description ?? '');
  for (const [key, value] of Object.entries(tags ?? {})) assertRegistryTag('version', key, value);
}
