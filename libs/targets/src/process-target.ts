import type { ModelVersionRef } from '@i-drill/core';
import type {
  ArmHandle,
  ArmStats,
  ArmStatsByArm,
  ProbeResult,
  RolloutTarget,
  SmokeTestResult,
} from '@i-drill/deployment';
import { describeService, type ServiceDescription } from './describe-service.js';
import { probeServer } from './probe-server.js';
import { isRunning } from './process-identity.js';
import { readRouter, resetRouterStats } from './router-client.js';
import { runSmokeTest } from './run-smoke-test.js';
import { armOf, previousRestored, promoted, provenArms, withCandidateShare } from './service-arms.js';
import { applyArms, clearLeftovers, reviveArms, routerOf, stopRetired } from './service-changes.js';
import { ServiceControl } from './service-control.js';
import type { ArmRecord, ServiceState } from './service-state.js';
import { resolveTarget, type ProcessTargetOptions } from './target-options.js';

/** A rollout target on this machine, with what an operator does beside a rollout. */
export interface ProcessTarget extends RolloutTarget {
  /** What runs, as found now. Changes nothing. */
  describeService(): Promise<ServiceDescription>;
  /** Starts again what should run and does not: the router, the stable and the previous server. */
  restoreService(): Promise<void>;
  /** The previous version takes all traffic at once; the version it replaces is stopped. */
  rollBackToPrevious(): Promise<{ readonly from: ModelVersionRef; readonly to: ModelVersionRef }>;
  /** Stops router and servers and forgets the service. */
  shutDown(): Promise<void>;
}

/**
 * Runs model servers and their router as processes of this machine. They outlive the program that started them;
 * `<stateDirectory>/<environment>/service.json` is how the next program finds them. One rollout at a time: another one gets
 * `TARGET_BUSY`. What a crashed rollout left behind is cleared away by the next.
 */
export function createProcessTarget(options: ProcessTargetOptions): ProcessTarget {
  return new LocalProcessTarget(new ServiceControl(resolveTarget(options)));
}

class LocalProcessTarget implements ProcessTarget {
  private readonly service: ServiceControl;

  constructor(service: ServiceControl) {
    this.service = service;
  }

  async startCandidate(ref: ModelVersionRef): Promise<ArmHandle> {
    await this.service.lock(`start ${ref.name} version ${ref.version}`);
    try {
      const state = await clearLeftovers(this.service, await this.service.open(ref.name));
      const router = await this.service.ensureRouter(state);
      const candidate = await this.service.startArm(ref, 'candidate');
      await this.service.write({ ...state, router, arms: [...state.arms, candidate] });
      return handleOf(candidate);
    } catch (error) {
      await this.service.unlock();
      throw error;
    }
  }

  async probe(handle: ArmHandle, timeoutMs: number): Promise<ProbeResult> {
    const arm = (await this.service.read()).arms.find(({ id }) => id === handle.id);
    if (arm !== undefined && !isRunning(arm.program.server)) {
      const reason = `process ${arm.program.server.pid} has ended: ${await this.service.lastWords(arm.id)}`;
      return { healthy: false, reason, exited: true };
    }
    return probeServer(handle, { path: this.service.settings.healthPath, timeoutMs });
  }

  smokeTest(handle: ArmHandle): Promise<readonly SmokeTestResult[]> {
    const { smokeTests, smokeTestTimeoutMs } = this.service.settings;
    return Promise.all(smokeTests.map((test) => runSmokeTest(handle, test, smokeTestTimeoutMs)));
  }

  async setCandidateShare(share: number): Promise<void> {
    const state = await this.service.read();
    if (share === 0 && armOf({ arms: this.ownArms(state) }, 'candidate') === undefined) return;
    await applyArms(this.service, state, withCandidateShare(this.ownArms(state), share));
  }

  async resetStats(): Promise<void> {
    await resetRouterStats(routerOf(await this.service.read()).adminUrl);
  }

  async readStats(): Promise<ArmStatsByArm> {
    const { arms, stats } = await readRouter(routerOf(await this.service.read()).adminUrl);
    const statsOf = (role: 'candidate' | 'stable'): ArmStats | undefined =>
      stats[arms.find((arm) => arm.role === role)?.id ?? ''];
    const [candidate, stable] = [statsOf('candidate'), statsOf('stable')];
    return { ...(candidate === undefined ? {} : { candidate }), ...(stable === undefined ? {} : { stable }) };
  }

  async promoteCandidate(): Promise<void> {
    const state = await this.service.read();
    await applyArms(this.service, state, promoted(this.ownArms(state)));
    try {
      await stopRetired(this.service);
    } catch (error) {
      // The candidate is promoted all the same; the next change of the service tries again.
      this.service.settings.logger.warn('The old previous server could not be stopped', { cause: String(error) });
    } finally {
      await this.service.unlock();
    }
  }

  async removeCandidate(): Promise<void> {
    if (!this.service.isLocked && !(await this.service.tryLock())) return; // the candidate is of another rollout
    try {
      await clearLeftovers(this.service, await this.service.read());
    } finally {
      await this.service.unlock();
    }
  }

  describeService(): Promise<ServiceDescription> {
    return describeService(this.service);
  }

  restoreService(): Promise<void> {
    return this.service.underLock('restore the service', async () => {
      const before = await clearLeftovers(this.service, await this.service.read());
      if (before.arms.length > 0) await reviveArms(this.service, before, before.arms);
    });
  }

  rollBackToPrevious(): Promise<{ from: ModelVersionRef; to: ModelVersionRef }> {
    return this.service.underLock('roll back', async () => {
      const before = await clearLeftovers(this.service, await this.service.read());
      const { stable, previous } = provenArms(before.arms);
      const state = await reviveArms(this.service, before, [previous]);
      await applyArms(this.service, state, previousRestored(state.arms));
      await stopRetired(this.service);
      return { from: stable.version, to: previous.version };
    });
  }

  shutDown(): Promise<void> {
    return this.service.underLock('shut the service down', async () => {
      const { router, arms } = await this.service.read();
      if (router !== undefined) await this.service.stop(router.program);
      await Promise.all(arms.map((arm) => this.service.stopArm(arm)));
      await this.service.forget();
    });
  }

  /** What this rollout may change: nothing, while the service is another one's. */
  private ownArms(state: ServiceState): readonly ArmRecord[] {
    return this.service.isLocked ? state.arms : [];
  }
}

function handleOf({ id, version, url, program }: ArmRecord): ArmHandle {
  return { id, version, url, pid: program.server.pid };
}
