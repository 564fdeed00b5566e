import type { ModelVersionRef, Status } from '@i-drill/core';
import { pickVersion } from './find-version.js';
import type { ModelVersion } from './model-version.js';
import { isRecord, readJsonTag, tagKeys, unreadableTag } from './tags.js';
import type { VersionStore } from './version-store.js';

/** The verdict on a version, as the registry keeps it. */
export interface VerdictRecord {
  readonly status: Status;
  /** Where the full report lies, for example an artifact path of the run. */
  readonly reportPath: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly verdictId: string;
}

const statuses: readonly unknown[] = ['passed', 'failed', 'inconclusive', 'error'] satisfies readonly Status[];

/**
 * Notes a verdict on a version. The last one noted counts: a later `failed` takes back an earlier `passed`.
 *
 * @example
 * ```ts
 * import { readVerdict, recordVerdict, registerVersion } from '@i-drill/registry';
 * import { exampleEvidence, InMemoryVersionStore } from '@i-drill/registry/testing';
 * const store = new InMemoryVersionStore();
 * const evidence = exampleEvidence();
 * const ref = await registerVersion(store, { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence });
 * await recordVerdict(store, ref, { status: 'passed', reportPath: 'validation.html', at: 0, verdictId: 'v1' });
 * readVerdict(await store.getModelVersion('bit-life', '1'))?.status; // => 'passed'
 * ```
 */
export async function recordVerdict(store: VersionStore, ref: ModelVersionRef, verdict: VerdictRecord): Promise<void> {
  const { status, reportPath, at, verdictId } = verdict;
  const text = JSON.stringify({ status, reportPath, at, verdictId });
  pickVersion(await store.listModelVersions(ref.name), ref);
  await store.setModelVersionTag(ref.name, ref.version, tagKeys.verdict, text);
}

/**
 * The verdict that counts for a version; `undefined` when none was given.
 *
 * @throws RegistryError `REGISTRY_TAG_UNREADABLE`
 *
 * @example
 * ```ts
 * import { readVerdict, registerVersion } from '@i-drill/registry';
 * import { exampleEvidence, InMemoryVersionStore } from '@i-drill/registry/testing';
 * const registration = { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence: exampleEvidence() };
 * readVerdict(await registerVersion(new InMemoryVersionStore(), registration)); // => undefined
 * ```
 */
export function readVerdict(version: ModelVersion): VerdictRecord | undefined {
  const value = readJsonTag(version, tagKeys.verdict);
  if (value === undefined) return undefined;
  if (!isVerdict(value)) throw unreadableTag(version, tagKeys.verdict);
  return value;
}

function isVerdict(value: unknown): value is VerdictRecord {
  return (
    isRecord(value) &&
    statuses.includes(value['status']) &&
    typeof value['verdictId'] === 'string' &&
    typeof value['reportPath'] === 'string' &&
    typeof value['at'] === 'number'
  );
}
