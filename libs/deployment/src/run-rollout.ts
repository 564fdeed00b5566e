import type { AbortSignalLike, Clock, Logger, ModelVersionRef } from '@i-drill/core';
import { advance } from './advance.js';
import { checkSettings } from './canary-plan.js';
import type { RolloutCommand, RolloutEvent, RolloutJournalEntry } from './events.js';
import { performCommand, type RolloutScene } from './perform-command.js';
import { reasonOf } from './reason-of.js';
import type { RolloutOutcome } from './rollout-outcome.js';
import type { RolloutTarget } from './rollout-target.js';
import type { CanarySettings } from './settings.js';
import { initialRollout, isFinal, type RolloutState, type Transition } from './state.js';

/** Where a rollout writes down what it does. An entry is kept once `append` resolves. */
export interface RolloutJournal {
  append(entry: RolloutJournalEntry): Promise<void>;
}

/** One rollout and what it runs on. */
export interface RolloutOptions {
  readonly settings: CanarySettings;
  readonly target: RolloutTarget;
  readonly ref: ModelVersionRef;
  /** Whether a stable arm takes traffic now. */
  readonly hasStable: boolean;
  readonly clock: Clock;
  readonly journal: RolloutJournal;
  readonly logger: Logger;
  /** Aborting it rolls back. */
  readonly signal?: AbortSignalLike;
}

interface Run {
  readonly options: RolloutOptions;
  readonly scene: RolloutScene;
  readonly events: RolloutEvent[];
}

/**
 * Carries a canary rollout out: performs what the state machine asks for and feeds it what happened. Each command is in the
 * journal before it is performed. Never rejects: a target, a journal or a clock that fails rolls the rollout back, and a
 * rollback takes the candidate's traffic away and removes it, trying each `1 + maxRetries` times.
 *
 * @throws RangeError when the settings cannot be followed
 *
 * @example
 * ```ts
 * import { canaryPlan, runRollout } from '@i-drill/deployment';
 * const done = () => Promise.resolve();
 * const ref = { name: 'bit-life', version: '2' };
 * const stats = { requests: 200, errors: 0, latencyP50Ms: 2, latencyP95Ms: 5, latencyP99Ms: 9 };
 * const { outcome } = await runRollout({
 *   settings: canaryPlan({ initialShare: 0.5, increment: 0.5, watchMs: 1000 }),
 *   ref,
 *   hasStable: true,
 *   target: {
 *     startCandidate: () => Promise.resolve({ id: 'c1', version: ref, url: 'http://127.0.0.1:8080' }),
 *     probe: () => Promise.resolve({ healthy: true, reason: 'answered 200' }),
 *     smokeTest: () => Promise.resolve([{ passed: true, reason: 'answered 200' }]),
 *     setCandidateShare: done,
 *     resetStats: done,
 *     readStats: () => Promise.resolve({ candidate: stats, stable: stats }),
 *     promoteCandidate: done,
 *     removeCandidate: done,
 *   },
 *   clock: { now: () => 0, sleep: done },
 *   journal: { append: done },
 *   logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
 * });
 * outcome; // => 'promoted'
 * ```
 */
export async function runRollout(options: RolloutOptions): Promise<RolloutOutcome> {
  const { settings, target, ref, hasStable, clock, signal } = options;
  checkSettings(settings);
  const scene = { settings, target, ref, hasStable, clock, ...(signal === undefined ? {} : { signal }) };
  const run: Run = { options, scene, events: [] };

  const first = await open(run);
  let transition = await take(run, initialRollout(settings, hasStable), first);
  while (!isFinal(transition.next)) transition = await step(run, transition);
  return close(run, transition);
}

async function open({ options }: Run): Promise<RolloutEvent> {
  const { journal, clock, ref, hasStable, settings } = options;
  try {
    await journal.append({ type: 'opened', at: clock.now(), ref, hasStable, settings });
    return { type: 'requested' };
  } catch (error) {
    return { type: 'aborted', reason: `the journal could not be opened: ${reasonOf(error)}` };
  }
}

async function step(run: Run, { next, commands }: Transition): Promise<Transition> {
  const [command] = commands;
  if (command === undefined)
    throw new Error(`Cannot continue the rollout: nothing is to be done in phase ${next.phase}`);
  return take(run, next, await attempt(run, command));
}

/** A command that is aborted or fails is an event like any other. */
async function attempt({ options, scene }: Run, command: RolloutCommand): Promise<RolloutEvent> {
  const { journal, clock, signal } = options;
  try {
    if (signal?.aborted === true) return { type: 'aborted', reason: reasonOf(signal.reason) };
    await journal.append({ type: 'command', at: clock.now(), command });
    return await performCommand(scene, command);
  } catch (error) {
    if (signal?.aborted === true) return { type: 'aborted', reason: reasonOf(signal.reason) };
    return { type: 'commandFailed', command: command.type, reason: reasonOf(error) };
  }
}

async function take(run: Run, state: RolloutState, event: RolloutEvent): Promise<Transition> {
  await note(run, event);
  return advance(run.options.settings, state, event);
}

async function note(run: Run, event: RolloutEvent): Promise<void> {
  run.events.push(event);
  run.options.logger.info(`rollout: ${event.type}`, { ...event });
  await write(run, { type: 'event', at: run.options.clock.now(), event });
}

/** An event that cannot be written down is still true; the next command will find out whether the journal is gone. */
async function write({ options: { journal, logger } }: Run, entry: RolloutJournalEntry): Promise<void> {
  try {
    await journal.append(entry);
  } catch (error) {
    logger.error('rollout: the journal could not be written', { entry, reason: reasonOf(error) });
  }
}

async function close(run: Run, { next, commands }: Transition): Promise<RolloutOutcome> {
  const leftovers: string[] = [];
  for (const command of commands) {
    const failure = await undo(run, command);
    if (failure !== undefined) leftovers.push(`${command.type}: ${failure}`);
  }
  const { events } = run;
  if (next.phase !== 'rolledBack') return { outcome: 'promoted', reason: 'every step passed', events, leftovers };
  run.options.logger.warn('rollout: rolled back', { reason: next.reason, leftovers });
  return { outcome: 'rolledBack', reason: next.reason, events, leftovers };
}

/** A rollback is not stopped by a journal that fails, nor by an abort. Gives the reason when it did not succeed. */
async function undo(run: Run, command: RolloutCommand): Promise<string | undefined> {
  const { clock, settings } = run.options;
  await write(run, { type: 'command', at: clock.now(), command });

  let failure = '';
  for (let tries = 0; tries <= settings.health.maxRetries; tries++) {
    try {
      if (tries > 0) await clock.sleep(settings.health.intervalMs);
      await note(run, await performCommand(run.scene, command));
      return undefined;
    } catch (error) {
      failure = reasonOf(error);
    }
  }
  await note(run, { type: 'commandFailed', command: command.type, reason: failure });
  return failure;
}
