import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelVersion, ServingStage } from './model-version.js';
import { promoteVersion } from './promote-version.js';
import { promotionHistory } from './promotion-history.js';
import type { PromotionRecord } from './promotion-record.js';
import { registerVersion } from './register-version.js';
import { exampleEvidence } from './testing/example-evidence.js';
import { dyingAfter } from './testing/failing-store.js';
import { InMemoryVersionStore } from './testing/in-memory-version-store.js';
import { recordVerdict } from './verdict-record.js';
import type { VersionStore } from './version-store.js';

const name = 'bit-life';

let store: InMemoryVersionStore;

beforeEach(() => {
  store = new InMemoryVersionStore();
});

async function passedVersion(): Promise<ModelVersion> {
  const registration = { name, runId: 'r1', source: 'runs:/r1/model', evidence: exampleEvidence() };
  const version = await registerVersion(store, registration);
  await recordVerdict(store, version, {
    status: 'passed',
    reportPath: 'r.html',
    at: 5,
    verdictId: `v${version.version}`,
  });
  return version;
}

function promote(
  version: string,
  to: ServingStage,
  { on = store, who = 'ada' }: { on?: VersionStore; who?: string } = {},
) {
  return promoteVersion(on, { name, version }, { to, who, at: 7, why: 'it passed' });
}

/** Version 1 in Production, version 2 in Staging. */
async function twoVersions(): Promise<void> {
  for (const version of ['1', '2']) {
    await passedVersion();
    await promote(version, 'Staging');
    if (version === '1') await promote('1', 'Production');
  }
}

describe('promoteVersion()', () => {
  it('notes who, when, why, from which verdict, and which version made room', async () => {
    await twoVersions();
    const record = await promote('2', 'Production', { who: 'bob' });
    const expected: PromotionRecord = {
      sequence: 4,
      name,
      version: '2',
      from: 'Staging',
      to: 'Production',
      who: 'bob',
      when: 7,
      why: 'it passed',
      verdictId: 'v2',
      replaced: ['1'],
      state: 'done',
    };
    expect(record).toEqual(expected);
    expect((await promotionHistory(store, name)).at(-1)).toEqual(expected);
  });

  it('takes the alias staging away from a version that goes to Production, and from no other', async () => {
    await twoVersions();
    await promote('2', 'Production');
    expect(await store.findModelVersionByAlias(name, 'staging')).toBeUndefined();

    await passedVersion();
    await promote('3', 'Staging');
    await promote('1', 'Production');
    expect((await store.findModelVersionByAlias(name, 'staging'))?.version).toBe('3');
  });

  it('refuses a version whose passed verdict was taken back', async () => {
    await twoVersions();
    await recordVerdict(
      store,
      { name, version: '2' },
      { status: 'failed', reportPath: 'r2.html', at: 6, verdictId: 'v' },
    );
    await expect(promote('2', 'Production')).rejects.toMatchObject({
      code: 'REGISTRY_NOT_VALIDATED',
      message:
        'Cannot promote version 2 of "bit-life" to Production: its verdict is failed (r2.html); only a version that passed validation may go there',
    });
  });

  it('gives a version a record whose stage was set by other means', async () => {
    await twoVersions();
    await store.transitionModelVersionStage(name, '2', 'Production', true);
    await promote('2', 'Production');
    const [newest] = (await promotionHistory(store, name)).reverse();
    expect(newest).toMatchObject({ sequence: 4, version: '2', from: 'Production', state: 'done' });
    expect((await store.findModelVersionByAlias(name, 'production'))?.version).toBe('2');
  });

  it('is a new promotion when the version comes back after another, not a repeat of its first', async () => {
    await twoVersions();
    await promote('2', 'Production');
    await promote('1', 'Production');
    await promote('2', 'Production');
    const production = (await promotionHistory(store, name)).filter((record) => record.to === 'Production');
    expect(production.map((record) => record.version)).toEqual(['1', '2', '1', '2']);
  });
});

describe('promoteVersion() by a process that dies', () => {
  /** Versions that are served as Production, by stage or by alias. */
  async function served(): Promise<string[]> {
    const versions = await store.listModelVersions(name);
    return versions
      .filter((v) => v.currentStage === 'Production' || v.aliases.includes('production'))
      .map((v) => v.version);
  }

  it.each([0, 1, 2, 3, 4])('leaves no version served without a record after %i writes', async (writes) => {
    await twoVersions();
    await expect(promote('2', 'Production', { on: dyingAfter(store, writes) })).rejects.toThrow('the process died');
    const history = await promotionHistory(store, name);
    const recorded = history.filter((record) => record.to === 'Production').map((record) => record.version);
    for (const version of await served()) expect(recorded).toContain(version);
    expect((await served()).length).toBeGreaterThanOrEqual(1);
  });

  it.each([0, 1, 2, 3, 4])('is finished with one record by calling it again after %i writes', async (writes) => {
    await twoVersions();
    await promote('2', 'Production', { on: dyingAfter(store, writes) }).catch(() => undefined);
    const record = await promote('2', 'Production');
    expect(record).toMatchObject({ sequence: 4, version: '2', from: 'Staging', replaced: ['1'], state: 'done' });
    expect((await promotionHistory(store, name)).filter((entry) => entry.sequence >= 4)).toEqual([record]);
    expect(await served()).toEqual(['2']);
    expect(await store.findModelVersionByAlias(name, 'staging')).toBeUndefined();
    expect((await store.getModelVersion(name, '1')).currentStage).toBe('Archived');
  });

  it('does not count a promotion that was recorded only, once another was carried out', async () => {
    await twoVersions();
    await promote('2', 'Production', { on: dyingAfter(store, 1) }).catch(() => undefined);
    await passedVersion();
    await promote('3', 'Staging');
    await promote('2', 'Production').catch(() => undefined);
    const history = await promotionHistory(store, name);
    expect(history.map(({ sequence, version, state }) => [sequence, version, state]).slice(3)).toEqual([
      [4, '2', 'started'],
      [5, '3', 'done'],
      [6, '2', 'done'],
    ]);
  });
});
