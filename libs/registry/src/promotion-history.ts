import type { ModelVersion } from './model-version.js';
import type { PromotionRecord } from './promotion-record.js';
import { isRecord, readJsonTag, tagKeys, unreadableTag } from './tags.js';
import type { VersionStore } from './version-store.js';

/**
 * Every promotion of a registered model, oldest first.
 *
 * @throws RegistryError `REGISTRY_TAG_UNREADABLE`
 *
 * @example
 * ```ts
 * import { promotionHistory } from '@i-drill/registry';
 * import { InMemoryVersionStore } from '@i-drill/registry/testing';
 * await promotionHistory(new InMemoryVersionStore(), 'bit-life'); // => []
 * ```
 */
export async function promotionHistory(store: VersionStore, name: string): Promise<PromotionRecord[]> {
  return promotionsOf(await store.listModelVersions(name));
}

/** The promotions recorded on these versions, oldest first. */
export function promotionsOf(versions: readonly ModelVersion[]): PromotionRecord[] {
  return versions
    .flatMap(recordsOn)
    .sort((a, b) => a.sequence - b.sequence || a.when - b.when || Number(a.version) - Number(b.version));
}

function recordsOn(version: ModelVersion): PromotionRecord[] {
  const keys = Object.keys(version.tags).filter((key) => key.startsWith(tagKeys.promotionPrefix));
  return keys.map((key) => {
    const value = readJsonTag(version, key);
    if (!isPromotion(value)) throw unreadableTag(version, key);
    return value;
  });
}

function isPromotion(value: unknown): value is PromotionRecord {
  return (
    isRecord(value) &&
    ['name', 'version', 'from', 'to', 'who', 'why', 'verdictId'].every((key) => typeof value[key] === 'string') &&
    typeof value['sequence'] === 'number' &&
    typeof value['when'] === 'number' &&
    Array.isArray(value['replaced']) &&
    (value['state'] === 'started' || value['state'] === 'done')
  );
}
