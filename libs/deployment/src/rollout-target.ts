import type { ModelVersionRef } from '@i-drill/core';

/** One running server of a model version. */
export interface ArmHandle {
  readonly id: string;
  readonly version: ModelVersionRef;
  readonly url: string;
  readonly pid?: number;
}

/** What one arm did since the statistics were reset. */
export interface ArmStats {
  readonly requests: number;
  readonly errors: number;
  readonly latencyP50Ms: number;
  readonly latencyP95Ms: number;
  readonly latencyP99Ms: number;
}

/** Answer of one health probe. */
export interface ProbeResult {
  readonly healthy: boolean;
  readonly reason: string;
  /** Set when the candidate's process is gone: asking again is pointless. */
  readonly exited?: boolean;
}

/** Outcome of one smoke test. */
export interface SmokeTestResult {
  readonly passed: boolean;
  readonly reason: string;
}

/**
 * The port to where models run: processes, containers, a cluster. A rejection means that the action could not be done;
 * the runner rolls back. `removeCandidate` and `setCandidateShare(0)` may be called again, and after a failed start.
 */
export interface RolloutTarget {
  startCandidate(ref: ModelVersionRef): Promise<ArmHandle>;
  /** One try; answers within `timeoutMs`. */
  probe(handle: ArmHandle, timeoutMs: number): Promise<ProbeResult>;
  smokeTest(handle: ArmHandle): Promise<readonly SmokeTestResult[]>;
  /** Share of the traffic in [0, 1] for the candidate; the rest stays with the stable arm. */
  setCandidateShare(share: number): Promise<void>;
  resetStats(): Promise<void>;
  readStats(): Promise<ArmStatsByArm>;
  /** All or nothing: the candidate becomes stable, the old stable is kept warm. After a rejection stable is as it was. */
  promoteCandidate(): Promise<void>;
  removeCandidate(): Promise<void>;
}

/** Statistics by arm; an arm that does not exist is left out. */
export interface ArmStatsByArm {
  readonly candidate?: ArmStats;
  readonly stable?: ArmStats;
}
