import type { SequenceModel } from '@i-drill/training';
import { keyPrefix } from './model-metadata.js';

/**
 * The metadata of a model as the list of keys and texts that an ONNX file carries (`metadata_props`). `format_version`,
 * `model_type` and `task` are plain text, everything else is JSON; what a model does not have is not listed.
 */
export function writeMetadata(model: SequenceModel): [key: string, text: string][] {
  const { preprocessing, architecture } = model;
  const structured: Record<string, unknown> = {
    features: preprocessing.features,
    target: preprocessing.target,
    window: { length: preprocessing.windowLength, padding: preprocessing.padding },
    feature_scaler: preprocessing.featureScaler,
    target_scaler: preprocessing.targetScaler,
    target_cap: preprocessing.targetCap,
    anchor_feature: preprocessing.anchorFeature,
    regimes: preprocessing.regimes,
    classes: preprocessing.classes,
    architecture,
    columns: model.columns,
    members: model.members.length,
    interval: model.interval,
  };
  const plain = { format_version: '1', model_type: architecture.type, task: preprocessing.task };
  const written = Object.entries(structured)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, JSON.stringify(value)] as const);
  return [...Object.entries(plain), ...written].map(([key, text]) => [keyPrefix + key, text]);
}
