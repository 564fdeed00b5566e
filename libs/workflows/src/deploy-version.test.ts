import type { ArmHandle, ArmStats, CanarySettings, RolloutJournalEntry, RolloutTarget } from '@i-drill/deployment';
import { promoteVersion, promotionHistory, recordVerdict, type ModelVersion } from '@i-drill/registry';
import { beforeEach, describe, expect, it } from 'vitest';
import { deployVersion, type DeployedVersion, type DeployRequest } from './deploy-version.js';
import { openScene, perfect, registeredVersion, type Scene } from './testing/scene.js';

const settings: CanarySettings = {
  steps: [{ share: 1, watchMs: 1000 }],
  minRequests: 50,
  limits: { errorRate: 0.05, latencyP95Ms: 100 },
  maxInconclusive: 0,
  health: { intervalMs: 500, timeoutMs: 100, maxRetries: 0 },
};
const good: ArmStats = { requests: 400, errors: 0, latencyP50Ms: 2, latencyP95Ms: 5, latencyP99Ms: 9 };

/** A service that does what it is told; its candidate answers as `candidate` says. */
class ObedientTarget implements RolloutTarget {
  candidate: ArmStats = good;
  readonly calls: string[] = [];

  startCandidate(version: ArmHandle['version']): Promise<ArmHandle> {
    return this.done('startCandidate', { id: 'c', version, url: 'http://127.0.0.1:1' });
  }
  probe(): Promise<{ healthy: boolean; reason: string }> {
    return this.done('probe', { healthy: true, reason: 'answered 200' });
  }
  smokeTest(): Promise<{ passed: boolean; reason: string }[]> {
    return this.done('smokeTest', [{ passed: true, reason: 'answered' }]);
  }
  setCandidateShare(): Promise<void> {
    return this.done('setCandidateShare', undefined);
  }
  resetStats(): Promise<void> {
    return this.done('resetStats', undefined);
  }
  readStats(): Promise<{ candidate: ArmStats }> {
    return this.done('readStats', { candidate: this.candidate });
  }
  promoteCandidate(): Promise<void> {
    return this.done('promoteCandidate', undefined);
  }
  removeCandidate(): Promise<void> {
    return this.done('removeCandidate', undefined);
  }
  private done<T>(call: string, value: T): Promise<T> {
    this.calls.push(call);
    return Promise.resolve(value);
  }
}

let scene: Scene;
let target: ObedientTarget;
let journal: RolloutJournalEntry[];

beforeEach(() => {
  scene = openScene();
  target = new ObedientTarget();
  journal = [];
});

async function stagedVersion(): Promise<ModelVersion> {
  const version = await registeredVersion(scene, perfect);
  await recordVerdict(scene.store, version, { status: 'passed', reportPath: 'r.html', at: 0, verdictId: 'v1' });
  await promoteVersion(scene.store, version, { to: 'Staging', who: 'ada', at: 0, why: 'passed' });
  return scene.store.getModelVersion(version.name, version.version);
}

function deploy(version: ModelVersion, changed: Partial<DeployRequest> = {}): Promise<DeployedVersion> {
  return deployVersion(scene.ports, {
    version,
    target,
    hasStable: false,
    settings,
    journal: {
      append: (entry) => {
        journal.push(entry);
        return Promise.resolve();
      },
    },
    promoteToProduction: true,
    who: 'ada',
    ...changed,
  });
}

async function stage(): Promise<string> {
  return (await scene.store.getModelVersion('bit-life', '1')).currentStage;
}

describe('deployVersion()', () => {
  it('moves a version whose canary held to Production, on record', async () => {
    const { outcome, promotion } = await deploy(await stagedVersion());
    expect(outcome.outcome).toBe('promoted');
    expect(promotion).toMatchObject({ from: 'Staging', to: 'Production', who: 'ada', when: scene.clock.now() });
    expect(promotion?.why).toContain(outcome.reason);
    expect(await stage()).toBe('Production');
    expect(journal[0]).toMatchObject({ type: 'opened', ref: { name: 'bit-life', version: '1' }, hasStable: false });
  });

  it('leaves a version whose canary failed in Staging', async () => {
    target.candidate = { ...good, errors: 200 };
    const deployed = await deploy(await stagedVersion());
    expect(deployed.outcome.outcome).toBe('rolledBack');
    expect(deployed).not.toHaveProperty('promotion');
    expect(await stage()).toBe('Staging');
    expect(target.calls).toContain('removeCandidate');
    expect(target.calls).not.toContain('promoteCandidate');
  });

  it('leaves the promotion to a person when told to', async () => {
    const deployed = await deploy(await stagedVersion(), { promoteToProduction: false });
    expect(deployed.outcome.outcome).toBe('promoted');
    expect(deployed).not.toHaveProperty('promotion');
    expect(await stage()).toBe('Staging');
  });

  it('rolls back when it is aborted', async () => {
    const { outcome, promotion } = await deploy(await stagedVersion(), { signal: AbortSignal.abort('Ctrl-C') });
    expect(outcome).toMatchObject({ outcome: 'rolledBack', reason: expect.stringContaining('Ctrl-C') });
    expect(promotion).toBeUndefined();
    expect(await stage()).toBe('Staging');
  });

  it('refuses a version in stage None before anything is started', async () => {
    const version = await registeredVersion(scene, perfect);
    await expect(deploy(version)).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_DEPLOYABLE',
      details: { stage: 'None', verdict: 'none' },
    });
    expect(target.calls).toEqual([]);
    expect(journal).toEqual([]);
  });

  it('refuses a version in Staging that a later validation did not pass', async () => {
    const version = await stagedVersion();
    await recordVerdict(scene.store, version, { status: 'failed', reportPath: 'r.html', at: 1, verdictId: 'v2' });
    const judgedAgain = await scene.store.getModelVersion('bit-life', '1');
    await expect(deploy(judgedAgain)).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_DEPLOYABLE',
      details: { stage: 'Staging', verdict: 'failed' },
    });
    expect(target.calls).toEqual([]);
  });

  it('says that the version serves when the registry cannot be told, and how to tell it', async () => {
    const version = await stagedVersion();
    const cause = new Error('the registry is away');
    scene.store.transitionModelVersionStage = () => Promise.reject(cause);
    await expect(deploy(version)).rejects.toMatchObject({
      code: 'WORKFLOW_PROMOTION_NOT_RECORDED',
      message:
        'Cannot record bit-life version 1 as Production: it serves, but the registry could not be told (the registry is away); ' +
        'run `i-drill promote --model-name bit-life --model-version 1 --to Production --why "the canary ended well"`',
      details: { name: 'bit-life', version: '1' },
      cause,
    });
    expect(target.calls.at(-1)).toBe('promoteCandidate');
    expect(target.calls).not.toContain('removeCandidate');
  });

  it('takes a version in Production again, and adds no second promotion', async () => {
    await deploy(await stagedVersion());
    const { promotion } = await deploy(await scene.store.getModelVersion('bit-life', '1'));
    expect(promotion?.sequence).toBe(2);
    expect(await promotionHistory(scene.store, 'bit-life')).toHaveLength(2); // to Staging, to Production
  });
});
