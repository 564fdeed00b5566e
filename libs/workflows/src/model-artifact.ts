import type { Preprocessing } from '@i-drill/core';
import { buildReferenceProfile, type ReferenceProfile } from '@i-drill/drift';
import { readEvidence, type ModelVersion, type VersionEvidence } from '@i-drill/registry';
import type { SensorDataset } from '@i-drill/core';
import { WorkflowError } from './errors.js';
import type { LoopPorts, RunnableModel } from './ports.js';

/** Folder of the model inside its run's artifacts. */
export const modelFolder = 'model';

/** Files beside `model.onnx` that make the version complete. */
export const artifactFiles = {
  onnx: 'model.onnx',
  preprocessing: 'preprocessing.json',
  reference: 'reference_profile.json',
  recipe: 'dataset.json',
} as const;

/** How the data of a version can be made or read again: what `validate` and `retrain` start from. */
export interface DatasetRecipe {
  readonly parts: readonly Readonly<Record<string, unknown>>[];
  readonly split: Readonly<Record<string, unknown>>;
  /** How the target was cut into classes. Absent: a number is predicted. */
  readonly classes?: ClassRecipe;
  /** Fingerprint of the whole set before the split. */
  readonly fingerprint: string;
  readonly rows: number;
  readonly units: number;
  /** On which rows the version was judged, and what comes in later is. @default 'every-row' */
  readonly evaluateOn?: SensorDataset['evaluateOn'];
}

/** How classes were made of a number. */
interface ClassRecipe {
  readonly bounds: readonly number[];
  readonly names?: readonly string[];
  /** What the data had as their target. */
  readonly of: Pick<SensorDataset, 'task' | 'target'>;
}

/** The text files that travel with the model. */
export function companionFiles(
  train: SensorDataset,
  preprocessing: Preprocessing,
  recipe: DatasetRecipe,
): Record<string, string> {
  const reference = buildReferenceProfile(train.features, train.segments);
  return {
    [artifactFiles.preprocessing]: asJson(preprocessing),
    [artifactFiles.reference]: asJson(reference),
    [artifactFiles.recipe]: asJson(recipe),
  };
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A registered version, opened: what was registered of it and what can be run. */
export interface OpenVersion {
  readonly version: ModelVersion;
  readonly evidence: VersionEvidence;
  readonly model: RunnableModel;
  readonly reference: ReferenceProfile;
  readonly recipe: DatasetRecipe;
}

/** Opens a version's files and checks the model file against the registered digest first. */
export async function openVersion(ports: LoopPorts, version: ModelVersion): Promise<OpenVersion> {
  const evidence = readEvidence(version);
  const onnx = await readArtifact(ports, version, artifactFiles.onnx);
  const digest = ports.sha256(onnx);
  if (digest !== evidence.digest) {
    throw new WorkflowError(
      `Cannot use ${version.name} version ${version.version}: ${artifactFiles.onnx} has SHA-256 ${digest}, ` +
        `registered was ${evidence.digest}; the file was changed after registration, train and register again`,
      { code: 'WORKFLOW_DIGEST_MISMATCH', details: { digest, registered: evidence.digest } },
    );
  }
  const [reference, recipe] = await Promise.all([
    readJson<ReferenceProfile>(ports, version, artifactFiles.reference),
    readJson<DatasetRecipe>(ports, version, artifactFiles.recipe),
  ]);
  return { version, evidence, model: await ports.models.open(onnx), reference, recipe };
}

/** The data recipe of a version, without opening its model. */
export function readRecipe(ports: LoopPorts, version: ModelVersion): Promise<DatasetRecipe> {
  return readJson<DatasetRecipe>(ports, version, artifactFiles.recipe);
}

/** The training reference of a version, without opening its model. */
export function readReference(ports: LoopPorts, version: ModelVersion): Promise<ReferenceProfile> {
  return readJson<ReferenceProfile>(ports, version, artifactFiles.reference);
}

async function readArtifact(ports: LoopPorts, version: ModelVersion, file: string): Promise<Uint8Array> {
  const path = `${modelFolder}/${file}`;
  try {
    return await ports.store.downloadArtifact(version.runId, path);
  } catch (cause) {
    throw unreadable(version, path, cause);
  }
}

async function readJson<T>(ports: LoopPorts, version: ModelVersion, file: string): Promise<T> {
  const content = await readArtifact(ports, version, file);
  try {
    return JSON.parse(ports.decodeText(content)) as T;
  } catch (cause) {
    throw unreadable(version, `${modelFolder}/${file}`, cause);
  }
}

function unreadable(version: ModelVersion, path: string, cause: unknown): WorkflowError {
  return new WorkflowError(
    `Cannot use ${version.name} version ${version.version}: artifact "${path}" of run ${version.runId} cannot be read; ` +
      'check the artifact store, or train and register again',
    { code: 'WORKFLOW_ARTIFACT_UNREADABLE', details: { path, runId: version.runId }, cause },
  );
}
