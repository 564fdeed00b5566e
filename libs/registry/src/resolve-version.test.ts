import { beforeEach, describe, expect, it } from 'vitest';
import { registerVersion } from './register-version.js';
import { resolveVersion } from './resolve-version.js';
import { exampleEvidence } from './testing/example-evidence.js';
import { InMemoryVersionStore } from './testing/in-memory-version-store.js';

const name = 'bit-life';
let store: InMemoryVersionStore;

beforeEach(async () => {
  store = new InMemoryVersionStore();
  for (const runId of ['r1', 'r2']) {
    await registerVersion(store, { name, runId, source: `runs:/${runId}/model`, evidence: exampleEvidence() });
  }
  await store.transitionModelVersionStage(name, '1', 'Production', true);
  await store.setRegisteredModelAlias(name, 'production', '1');
});

describe('resolveVersion()', () => {
  it.each([
    [{ version: '2' }, '2'],
    [{ alias: 'production' }, '1'],
    [{ stage: 'Production' }, '1'],
    [{ stage: 'None' }, '2'],
  ] as const)('finds the version of %j', async (selector, version) => {
    expect((await resolveVersion(store, name, selector)).version).toBe(version);
  });

  it.each([
    [{ version: '3' }, 'version 3'],
    [{ alias: 'staging' }, 'alias "staging"'],
    [{ stage: 'Staging' }, 'stage Staging'],
  ] as const)('lists what exists when there is no %j', async (selector, wanted) => {
    await expect(resolveVersion(store, name, selector)).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_MISSING',
      message: `Cannot find ${wanted} of "bit-life": there are version 2 (None), version 1 (Production @production); name one of them`,
    });
  });

  it('says so when nothing is registered under the name', async () => {
    await expect(resolveVersion(store, 'other', { alias: 'production' })).rejects.toThrow(
      'Cannot find alias "production" of "other": no version is registered under this name; register one first',
    );
  });

  it('does not choose among several versions of a stage', async () => {
    await store.transitionModelVersionStage(name, '2', 'Production', false);
    await expect(resolveVersion(store, name, { stage: 'Production' })).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_AMBIGUOUS',
      details: { versions: ['2', '1'] },
    });
  });
});
