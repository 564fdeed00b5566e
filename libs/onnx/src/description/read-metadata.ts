import type { SequenceTask } from '@i-drill/core';
import { OnnxError } from '../errors.js';
import { descriptionProblem } from './description-problem.js';
import { readMetadataTexts } from './metadata-texts.js';
import { keyPrefix, type ModelMetadata } from './model-metadata.js';

/**
 * What the file of a model says about itself; `undefined` where it says nothing, as in a file that was not exported here.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` for metadata of another version or that contradict themselves.
 */
export function readMetadata(onnx: Uint8Array): ModelMetadata | undefined {
  const texts = readMetadataTexts(onnx);
  const version = texts.get('format_version');
  if (version === undefined) return undefined;
  if (version !== '1') {
    throw refusal(`its metadata are of format version ${JSON.stringify(version)}, this release reads version 1`);
  }
  const { metadata, problem } = parseAndCheck(texts);
  if (problem !== undefined) throw refusal(`its metadata say that ${problem}`);
  return metadata;
}

/** Text of another's hand may be no JSON, or JSON of another shape, on which the check itself fails. */
function parseAndCheck(texts: ReadonlyMap<string, string>): { metadata: ModelMetadata; problem: string | undefined } {
  try {
    const metadata = parse(texts);
    return { metadata, problem: descriptionProblem(metadata) };
  } catch (cause) {
    throw refusal('its metadata are not what an export writes', cause);
  }
}

function parse(texts: ReadonlyMap<string, string>): ModelMetadata {
  const optional = (key: string): unknown => (texts.has(key) ? JSON.parse(texts.get(key)!) : undefined);
  const required = (key: string): unknown => {
    if (texts.has(key)) return optional(key);
    throw new RangeError(`"${keyPrefix}${key}" is missing`);
  };
  const window = required('window') as { length: number; padding: 'repeat-first-row' };
  const preprocessing = {
    formatVersion: 1,
    task: texts.get('task') as SequenceTask,
    features: required('features'),
    target: required('target'),
    windowLength: window.length,
    padding: window.padding,
    featureScaler: required('feature_scaler'),
    targetScaler: required('target_scaler'),
    ...present('targetCap', optional('target_cap')),
    ...present('anchorFeature', optional('anchor_feature')),
    ...present('regimes', optional('regimes')),
    ...present('classes', optional('classes')),
  };
  return {
    formatVersion: 1,
    architecture: required('architecture'),
    preprocessing,
    columns: required('columns'),
    members: required('members'),
    ...present('interval', optional('interval')),
  } as ModelMetadata;
}

function present(key: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [key]: value };
}

function refusal(problem: string, cause?: unknown): OnnxError {
  return new OnnxError(`Cannot open the model: ${problem}; export it again`, { code: 'ONNX_INVALID_MODEL', cause });
}
