import { MlflowError } from '../errors.js';

/** The longest texts a store keeps, in characters. A server cuts params and tags silently; this client refuses them instead. */
const textLimits = {
  key: 250,
  paramValue: 6000,
  runTagValue: 8000,
  experimentName: 500,
  experimentTagValue: 5000,
  modelTagValue: 100_000,
  modelName: 256,
  versionTagValue: 100_000,
  versionDescription: 5000,
  versionSource: 500,
  alias: 255,
  runName: 250,
  datasetName: 500,
  datasetDigest: 36,
  datasetSourceType: 36,
  datasetSchema: 1_048_575,
  datasetSource: 65_535,
  datasetProfile: 16_777_215,
  datasetContext: 500,
} as const;

/** Which text a limit is for. */
export type TextKind = keyof typeof textLimits;

/** Refuses a text over the limit of its kind, with MLFLOW_VALUE_TOO_LONG. `what` names it: `value of param "x"`. */
export function assertLength(kind: TextKind, what: string, value: string): void {
  const limit = textLimits[kind];
  if (value.length <= limit) return;
  const length = Array.from(value).length; // a server counts code points, not UTF-16 units
  if (length <= limit) return;
  throw new MlflowError(
    `Cannot store the ${what}: it has ${length} characters, at most ${limit} are kept; shorten it or log it as an artifact`,
    { code: 'MLFLOW_VALUE_TOO_LONG', details: { kind, length, limit } },
  );
}
