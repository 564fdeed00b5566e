import type { AbortSignalLike, Clock, ModelVersionRef } from '@i-drill/core';
import { analyseArms } from './analyse-arms.js';
import type { RolloutCommand, RolloutEvent } from './events.js';
import { plannedLooks } from './planned-looks.js';
import { reasonOf } from './reason-of.js';
import type { ArmHandle, ArmStatsByArm, RolloutTarget } from './rollout-target.js';
import type { CanarySettings } from './settings.js';

/** What performing commands needs; `handle` is known once the candidate was started. */
export interface RolloutScene {
  readonly settings: CanarySettings;
  readonly target: RolloutTarget;
  readonly ref: ModelVersionRef;
  readonly hasStable: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignalLike;
  handle?: ArmHandle;
}

/** Performs one command and says what happened. Rejects when the target does. */
export async function performCommand(scene: RolloutScene, command: RolloutCommand): Promise<RolloutEvent> {
  const { target, clock, signal } = scene;
  switch (command.type) {
    case 'startCandidate':
      scene.handle = await target.startCandidate(scene.ref);
      return { type: 'started' };
    case 'checkHealth':
      return checkHealth(scene, candidateOf(scene));
    case 'smokeTest':
      return runSmokeTests(target, candidateOf(scene));
    case 'setShare':
      await target.setCandidateShare(command.share);
      return { type: 'shareSet', share: command.share };
    case 'resetStats':
      await target.resetStats();
      return { type: 'statsReset' };
    case 'wait':
      await clock.sleep(command.ms, signal);
      return { type: 'waited', ms: command.ms };
    case 'analyse':
      return analyse(scene);
    case 'promote':
      await target.promoteCandidate();
      return { type: 'candidatePromoted' };
    case 'removeCandidate':
      await target.removeCandidate();
      return { type: 'candidateRemoved' };
  }
}

function candidateOf({ handle }: RolloutScene): ArmHandle {
  if (handle === undefined) throw new TypeError('Cannot ask the candidate: it was not started');
  return handle;
}

/** Asks up to `1 + maxRetries` times; one answer of health is enough, and a process that is gone is not asked again. */
async function checkHealth(scene: RolloutScene, handle: ArmHandle): Promise<RolloutEvent> {
  const { intervalMs, maxRetries } = scene.settings.health;
  let reason = '';
  for (let tries = 0; tries <= maxRetries; tries++) {
    if (tries > 0) await scene.clock.sleep(intervalMs, scene.signal);
    const answer = await probeOnce(scene, handle);
    if (answer.healthy) return { type: 'healthy' };
    if (answer.exited === true) return { type: 'exited', reason: answer.reason };
    reason = answer.reason;
  }
  return { type: 'unhealthy', reason };
}

async function probeOnce({ target, settings }: RolloutScene, handle: ArmHandle): ReturnType<RolloutTarget['probe']> {
  try {
    return await target.probe(handle, settings.health.timeoutMs);
  } catch (error) {
    return { healthy: false, reason: reasonOf(error) };
  }
}

async function runSmokeTests(target: RolloutTarget, handle: ArmHandle): Promise<RolloutEvent> {
  const results = await target.smokeTest(handle);
  if (results.length === 0) return { type: 'smokeTested', failures: ['no smoke test was run'] };
  return { type: 'smokeTested', failures: results.filter((test) => !test.passed).map((test) => test.reason) };
}

/** Statistics that cannot be read say nothing about the model: `error`, not `failed`. */
async function analyse(scene: RolloutScene): Promise<RolloutEvent> {
  try {
    return { type: 'analysed', ...judge(scene, await scene.target.readStats()) };
  } catch (error) {
    return { type: 'analysed', status: 'error', reason: `statistics could not be read: ${reasonOf(error)}` };
  }
}

function judge({ settings, hasStable }: RolloutScene, stats: ArmStatsByArm): ReturnType<typeof analyseArms> {
  const { candidate, stable } = stats;
  if (candidate === undefined) return { status: 'error', reason: 'there are no statistics of the candidate' };
  if (hasStable && stable === undefined) {
    return { status: 'error', reason: 'the statistics of the stable arm are missing' };
  }
  return analyseArms({
    candidate,
    ...(hasStable && stable !== undefined ? { stable } : {}),
    limits: settings.limits,
    minRequests: settings.minRequests,
    looks: plannedLooks(settings, hasStable),
  });
}
