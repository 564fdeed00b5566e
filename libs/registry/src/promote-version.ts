import type { ModelVersionRef } from '@i-drill/core';
import { pickVersion } from './find-version.js';
import type { ModelVersion, ServingStage } from './model-version.js';
import { promotionsOf } from './promotion-history.js';
import type { PromotionRecord } from './promotion-record.js';
import { requirePromotable } from './promotion-rules.js';
import { tagKeys } from './tags.js';
import type { VersionStore } from './version-store.js';

/** Where to, and who answers for it. */
export interface PromotionOptions {
  readonly to: ServingStage;
  readonly who: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly why: string;
}

const aliasOf: Readonly<Record<ServingStage, string>> = { Staging: 'staging', Production: 'production' };

/**
 * Moves a version to Staging or Production: stage, alias (`staging`, `production`) and history. The version that was in the
 * stage goes to Archived; on the way to Production the version gives up the alias `staging`.
 *
 * The writes are in this order, so that a crash between any two never leaves a version served without a record:
 * 1. the record, as `started`; 2. the stage, archiving the former one; 3. the alias; 4. the alias `staging` is given up;
 * 5. the record, as `done`. Calling it again finishes what is left. A promotion that is already done is answered with its
 * record and writes nothing. One writer at a time is assumed: the store offers no lock.
 *
 * @throws RegistryError `REGISTRY_VERSION_MISSING`, `REGISTRY_NOT_VALIDATED` (no `passed` verdict), `REGISTRY_NOT_STAGED`
 * (Production from stage None). A refusal leaves the store as it was.
 *
 * @example
 * ```ts
 * import { promoteVersion, recordVerdict, registerVersion } from '@i-drill/registry';
 * import { exampleEvidence, InMemoryVersionStore } from '@i-drill/registry/testing';
 * const store = new InMemoryVersionStore();
 * const evidence = exampleEvidence();
 * const ref = await registerVersion(store, { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence });
 * await recordVerdict(store, ref, { status: 'passed', reportPath: 'validation.html', at: 0, verdictId: 'v1' });
 * const record = await promoteVersion(store, ref, { to: 'Staging', who: 'ada', at: 1, why: 'first version' });
 * [record.from, record.to, record.verdictId]; // => ['None', 'Staging', 'v1']
 * ```
 */
export async function promoteVersion(
  store: VersionStore,
  ref: ModelVersionRef,
  options: PromotionOptions,
): Promise<PromotionRecord> {
  const versions = await store.listModelVersions(ref.name);
  const version = pickVersion(versions, ref);
  const standing = recordInForce(versions, version, options.to);
  if (standing?.state === 'done' && carriesItsAlias(version, options.to)) return standing;

  const { verdictId } = requirePromotable(version, options.to);
  const record = standing ?? newRecord(versions, version, { ...options, verdictId });
  await carryOut(store, version, record);
  return { ...record, state: 'done' };
}

/** The record that put the version where it is asked to be. A stage set by other means has none. */
function recordInForce(
  versions: readonly ModelVersion[],
  version: ModelVersion,
  to: ServingStage,
): PromotionRecord | undefined {
  if (version.currentStage !== to) return undefined;
  const newest = promotionsOf(versions).findLast((record) => record.to === to);
  return newest?.version === version.version ? newest : undefined;
}

function carriesItsAlias(version: ModelVersion, to: ServingStage): boolean {
  return version.aliases.includes(aliasOf[to]) && !(to === 'Production' && version.aliases.includes(aliasOf.Staging));
}

function newRecord(
  versions: readonly ModelVersion[],
  version: ModelVersion,
  { to, who, at, why, verdictId }: PromotionOptions & { readonly verdictId: string },
): PromotionRecord {
  const others = versions.filter((v) => v.version !== version.version && v.currentStage === to);
  return {
    sequence: nextSequence(promotionsOf(versions), version, to),
    name: version.name,
    version: version.version,
    from: version.currentStage,
    to,
    who,
    when: at,
    why,
    verdictId,
    replaced: others.map((v) => v.version),
    state: 'started',
  };
}

/** A promotion that was recorded and not carried out keeps its number, unless another came after it. */
function nextSequence(history: readonly PromotionRecord[], version: ModelVersion, to: ServingStage): number {
  const newest = history.at(-1);
  if (newest === undefined) return 1;
  const unfinished = newest.state === 'started' && newest.version === version.version && newest.to === to;
  return unfinished ? newest.sequence : newest.sequence + 1;
}

async function carryOut(store: VersionStore, version: ModelVersion, record: PromotionRecord): Promise<void> {
  const { name, version: number, to } = record;
  await writeRecord(store, { ...record, state: 'started' });
  await store.transitionModelVersionStage(name, number, to, true);
  await store.setRegisteredModelAlias(name, aliasOf[to], number);
  if (to === 'Production' && version.aliases.includes(aliasOf.Staging)) {
    await store.deleteRegisteredModelAlias(name, aliasOf.Staging);
  }
  await writeRecord(store, { ...record, state: 'done' });
}

async function writeRecord(store: VersionStore, record: PromotionRecord): Promise<void> {
  const key = `${tagKeys.promotionPrefix}${record.sequence}`;
  await store.setModelVersionTag(record.name, record.version, key, JSON.stringify(record));
}
