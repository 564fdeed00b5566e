import type { AbortSignalLike, ModelVersionRef } from '@i-drill/core';
import {
  runRollout,
  type CanarySettings,
  type RolloutJournalEntry,
  type RolloutOutcome,
  type RolloutTarget,
} from '@i-drill/deployment';
import { promoteVersion, readVerdict, type ModelVersion, type PromotionRecord } from '@i-drill/registry';
import { WorkflowError } from './errors.js';
import type { LoopPorts } from './ports.js';

/** One deployment. */
export interface DeployRequest {
  readonly version: ModelVersion;
  readonly target: RolloutTarget;
  /** Whether another version is in service: without one there is nothing to compare with. */
  readonly hasStable: boolean;
  readonly settings: CanarySettings;
  readonly journal: { append(entry: RolloutJournalEntry): Promise<void> };
  /** Move the version to Production once the canary ended well. */
  readonly promoteToProduction: boolean;
  readonly who: string;
  readonly signal?: AbortSignalLike;
}

/** How a deployment ended. */
export interface DeployedVersion {
  readonly outcome: RolloutOutcome;
  /** Absent when the canary was rolled back or promotion waits for a person. */
  readonly promotion?: PromotionRecord;
}

const deployableStages: readonly ModelVersion['currentStage'][] = ['Staging', 'Production'];

/**
 * Puts a validated version into service by canary and, if it held, moves it to Production in the registry.
 *
 * @throws WorkflowError `WORKFLOW_NOT_DEPLOYABLE` before anything is started; `WORKFLOW_PROMOTION_NOT_RECORDED` when the
 *   version serves and the registry could not be told
 */
export async function deployVersion(ports: LoopPorts, request: DeployRequest): Promise<DeployedVersion> {
  const { version } = request;
  refuseUnvalidated(version);
  const ref = { name: version.name, version: version.version };
  const outcome = await runRollout({
    settings: request.settings,
    target: request.target,
    ref,
    hasStable: request.hasStable,
    clock: ports.clock,
    journal: request.journal,
    logger: ports.logger,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  if (outcome.outcome !== 'promoted' || !request.promoteToProduction) return { outcome };
  const why = `canary ended well: ${outcome.reason}`;
  return { outcome, promotion: await promoteServing(ports, ref, { who: request.who, why }) };
}

async function promoteServing(
  ports: LoopPorts,
  ref: ModelVersionRef,
  { who, why }: { readonly who: string; readonly why: string },
): Promise<PromotionRecord> {
  try {
    return await promoteVersion(ports.store, ref, { to: 'Production', who, at: ports.clock.now(), why });
  } catch (cause) {
    throw notRecorded(ref, cause);
  }
}

/** The traffic has moved and stays: a good version is not taken out of service because a registry is away. */
function notRecorded({ name, version }: ModelVersionRef, cause: unknown): WorkflowError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new WorkflowError(
    `Cannot record ${name} version ${version} as Production: it serves, but the registry could not be told (${reason}); ` +
      `run \`i-drill promote --model-name ${name} --model-version ${version} --to Production --why "the canary ended well"\``,
    { code: 'WORKFLOW_PROMOTION_NOT_RECORDED', details: { name, version }, cause },
  );
}

/** Before any traffic moves: the registry would refuse the promotion after the canary. */
function refuseUnvalidated(version: ModelVersion): void {
  const stage = version.currentStage;
  const verdict = readVerdict(version)?.status ?? 'none';
  if (deployableStages.includes(stage) && verdict === 'passed') return;
  throw new WorkflowError(
    `Cannot deploy ${version.name} version ${version.version}: it is in stage ${stage}, its last verdict is ${verdict}; ` +
      'validate it first, only a version that passed may serve',
    { code: 'WORKFLOW_NOT_DEPLOYABLE', details: { stage, verdict } },
  );
}
