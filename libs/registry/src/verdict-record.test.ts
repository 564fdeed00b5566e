import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelVersion } from './model-version.js';
import { promotionHistory } from './promotion-history.js';
import { registerVersion } from './register-version.js';
import { exampleEvidence } from './testing/example-evidence.js';
import { InMemoryVersionStore } from './testing/in-memory-version-store.js';
import { readVerdict, recordVerdict, type VerdictRecord } from './verdict-record.js';

const passed: VerdictRecord = { status: 'passed', reportPath: 'validation/report.html', at: 5, verdictId: 'v1' };
let store: InMemoryVersionStore;
let version: ModelVersion;

beforeEach(async () => {
  store = new InMemoryVersionStore();
  const evidence = exampleEvidence();
  version = await registerVersion(store, { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence });
});

const stored = (): Promise<ModelVersion> => store.getModelVersion('bit-life', '1');

describe('recordVerdict()', () => {
  it('keeps the last verdict', async () => {
    expect(readVerdict(await stored())).toBeUndefined();
    await recordVerdict(store, version, passed);
    expect(readVerdict(await stored())).toEqual(passed);
    await recordVerdict(store, version, { ...passed, status: 'error', verdictId: 'v2' });
    expect(readVerdict(await stored())).toMatchObject({ status: 'error', verdictId: 'v2' });
  });

  it('refuses a version that does not exist', async () => {
    await expect(recordVerdict(store, { name: 'bit-life', version: '9' }, passed)).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_MISSING',
    });
  });
});

describe('records that something else wrote', () => {
  it.each(['passed', '{"status":"ok","reportPath":"r","at":1,"verdictId":"v"}', '{"status":"passed"}'])(
    'are no verdict: %s',
    async (text) => {
      await store.setModelVersionTag('bit-life', '1', 'i_drill.verdict', text);
      const damaged = await stored();
      expect(() => readVerdict(damaged)).toThrow(expect.objectContaining({ code: 'REGISTRY_TAG_UNREADABLE' }));
    },
  );

  it('are no promotion', async () => {
    await store.setModelVersionTag('bit-life', '1', 'i_drill.promotion.1', '{"sequence":1}');
    await expect(promotionHistory(store, 'bit-life')).rejects.toMatchObject({
      code: 'REGISTRY_TAG_UNREADABLE',
      message:
        'Cannot read version 1 of "bit-life": its tag "i_drill.promotion.1" is not a record of this registry; restore or remove the tag',
    });
  });
});
