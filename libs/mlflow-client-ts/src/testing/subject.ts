import type { Metric, MlflowClient } from '../index.js';

/** Where a test of the contract runs. */
export interface Subject {
  readonly client: MlflowClient;
  /** New for each test. */
  readonly experimentId: string;
  /** The name of that experiment, and of a registered model that does not exist yet. */
  readonly modelName: string;
}

/** Makes the place for one test. */
export type Start = () => Promise<Subject>;

/** The id of no run. */
export const absentRun = '0123456789abcdef0123456789abcdef';

/** The error for what does not exist. */
export const notFound = { name: 'MlflowError', code: 'RESOURCE_DOES_NOT_EXIST' };

/** The error for an argument that cannot be used. */
export const invalid = { name: 'MlflowError', code: 'INVALID_PARAMETER_VALUE' };

/** The error for a name that is taken. */
export const taken = { name: 'MlflowError', code: 'RESOURCE_ALREADY_EXISTS' };

/** The error for a text that is not kept whole. */
export const tooLong = { name: 'MlflowError', code: 'MLFLOW_VALUE_TOO_LONG' };

/** The error for what this store cannot do at all. */
export const unsupportedHere = { name: 'MlflowError', code: 'MLFLOW_UNSUPPORTED' };

/** A point of a metric. */
export function point(key: string, value: number, step = 0, timestamp = 1000): Metric {
  return { key, value, timestamp, step };
}

/** Whether a server is older than a release; an embedded store is not. */
export async function isOlderThan(client: MlflowClient, major: number, minor: number): Promise<boolean> {
  const version = await client.serverVersion();
  if (version === undefined) return false;
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
