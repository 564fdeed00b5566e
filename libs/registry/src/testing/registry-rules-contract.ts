import { expect, it } from 'vitest';
import type { VersionEvidence } from '../evidence.js';
import { readEvidence } from '../evidence-tags.js';
import type { ModelVersion, ServingStage } from '../model-version.js';
import { promoteVersion } from '../promote-version.js';
import { promotionHistory } from '../promotion-history.js';
import { registerVersion } from '../register-version.js';
import { resolveVersion } from '../resolve-version.js';
import { recordVerdict } from '../verdict-record.js';
import { exampleEvidence } from './example-evidence.js';
import type { ContractSubject } from './version-store-contract.js';

/** The registry's rules, held against a store. */
export function registryRulesContract(current: () => ContractSubject): void {
  registrationRules(current);
  refusalRules(current);
  promotionRules(current);
}

function register(
  { store, name, runId, source }: ContractSubject,
  evidence: Partial<VersionEvidence>,
): Promise<ModelVersion> {
  return registerVersion(store, { name, runId, source, evidence });
}

async function passedVersion(subject: ContractSubject): Promise<ModelVersion> {
  const version = await register(subject, exampleEvidence());
  await recordVerdict(subject.store, version, { status: 'passed', reportPath: 'r.html', at: 5, verdictId: 'v' });
  return version;
}

function promote(subject: ContractSubject, version: string, to: ServingStage): ReturnType<typeof promoteVersion> {
  const ref = { name: subject.name, version };
  return promoteVersion(subject.store, ref, { to, who: 'ada', at: 1000, why: 'it passed' });
}

function registrationRules(current: () => ContractSubject): void {
  it('reads back the evidence of a version, however long', async () => {
    const subject = current();
    const evidence = exampleEvidence(200);
    await register(subject, evidence);
    const { store, name } = subject;
    expect(JSON.stringify(evidence.preprocessing).length).toBeGreaterThan(5000);
    expect(readEvidence(await store.getModelVersion(name, '1'))).toEqual(evidence);
  });

  it('registers nothing when evidence is missing', async () => {
    const subject = current();
    const { modelType, digest, metrics } = exampleEvidence();
    await expect(register(subject, { modelType, digest, metrics })).rejects.toMatchObject({
      code: 'REGISTRY_EVIDENCE_MISSING',
    });
    expect(await subject.store.listModelVersions(subject.name)).toEqual([]);
  });
}

function refusalRules(current: () => ContractSubject): void {
  it.each(['failed', 'inconclusive', 'error', undefined] as const)(
    'leaves the store unchanged when the verdict is %s',
    async (status) => {
      const subject = current();
      const { store, name } = subject;
      const version = await register(subject, exampleEvidence());
      if (status !== undefined) await recordVerdict(store, version, { status, reportPath: 'r', at: 5, verdictId: 'v' });
      const before = await store.listModelVersions(name);
      await expect(promote(subject, '1', 'Staging')).rejects.toMatchObject({ code: 'REGISTRY_NOT_VALIDATED' });
      expect(await store.listModelVersions(name)).toEqual(before);
    },
  );

  it('leaves the store unchanged when a version was not in Staging', async () => {
    const subject = current();
    await passedVersion(subject);
    const before = await subject.store.listModelVersions(subject.name);
    await expect(promote(subject, '1', 'Production')).rejects.toMatchObject({ code: 'REGISTRY_NOT_STAGED' });
    expect(await subject.store.listModelVersions(subject.name)).toEqual(before);
  });

  it('leaves the store unchanged when there is no such version', async () => {
    const subject = current();
    await passedVersion(subject);
    const before = await subject.store.listModelVersions(subject.name);
    await expect(promote(subject, '7', 'Staging')).rejects.toMatchObject({ code: 'REGISTRY_VERSION_MISSING' });
    expect(await subject.store.listModelVersions(subject.name)).toEqual(before);
  });
}

function promotionRules(current: () => ContractSubject): void {
  it('moves stage and alias together, up to Production, with a record of each step', async () => {
    const subject = current();
    const { store, name } = subject;
    await passedVersion(subject);
    await promote(subject, '1', 'Staging');
    expect((await resolveVersion(store, name, { alias: 'staging' })).currentStage).toBe('Staging');
    await promote(subject, '1', 'Production');
    const served = await resolveVersion(store, name, { alias: 'production' });
    expect(served).toMatchObject({ version: '1', currentStage: 'Production', aliases: ['production'] });
    expect(await promotionHistory(store, name)).toMatchObject([
      { sequence: 1, version: '1', from: 'None', to: 'Staging', who: 'ada', when: 1000, why: 'it passed' },
      { sequence: 2, version: '1', from: 'Staging', to: 'Production', verdictId: 'v', replaced: [], state: 'done' },
    ]);
  });

  it('archives the former Production, and takes it back in a rollback', async () => {
    const subject = current();
    const { store, name } = subject;
    await passedVersion(subject);
    await passedVersion(subject);
    for (const version of ['1', '2']) {
      await promote(subject, version, 'Staging');
      await promote(subject, version, 'Production');
    }
    expect((await store.getModelVersion(name, '1')).currentStage).toBe('Archived');

    const record = await promote(subject, '1', 'Production');
    expect(record).toMatchObject({ sequence: 5, from: 'Archived', to: 'Production', replaced: ['2'] });
    expect((await resolveVersion(store, name, { stage: 'Production' })).aliases).toEqual(['production']);
    expect((await store.getModelVersion(name, '2')).currentStage).toBe('Archived');
  });

  it('writes one record when the same promotion is asked for twice', async () => {
    const subject = current();
    await passedVersion(subject);
    const first = await promote(subject, '1', 'Staging');
    const before = await subject.store.listModelVersions(subject.name);
    expect(await promote(subject, '1', 'Staging')).toEqual(first);
    expect(await subject.store.listModelVersions(subject.name)).toEqual(before);
  });
}
