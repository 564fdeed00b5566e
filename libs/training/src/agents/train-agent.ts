import type { AbortSignalLike, Clock } from '@i-drill/core';
import { TrainingError } from '../errors.js';
import type { AgentTrainer, TrainerSnapshot } from './agent-trainer.js';
import type { Policy } from './policy/policy.js';

/** How an agent stood at one point of its training. */
export interface AgentProgress {
  /** Environment steps taken. */
  readonly timesteps: number;
  /** What the evaluation gave; higher is better. */
  readonly score: number;
  /** Means since the last evaluation, by name. */
  readonly figures: Readonly<Record<string, number>>;
  readonly secondsLearning: number;
}

/** Everything a training of an agent needs to go on as if it had never stopped. */
export interface AgentCheckpoint {
  /** What is trained, and how; a training of another recipe does not go on from here. */
  readonly recipe: string;
  readonly trainer: TrainerSnapshot;
  readonly timesteps: number;
  readonly best: ScoredPolicy;
  readonly history: readonly AgentProgress[];
}

/** A policy and what it is worth. */
export interface ScoredPolicy {
  readonly policy: Policy;
  readonly score: number;
  /** Steps after which it stood. */
  readonly timesteps: number;
}

/** One training of an agent, complete. */
export interface TrainAgentRequest {
  readonly trainer: AgentTrainer;
  /** Environment steps in all; the piece in which they are reached is finished. */
  readonly timesteps: number;
  /** What a policy is worth, on episodes of its own: those it was trained on flatter it. */
  readonly evaluate: (policy: Policy) => number;
  /** Steps between evaluations. */
  readonly evaluateEvery: number;
  /** Says what is trained, and how: settings, environment, episodes that judge. */
  readonly recipe: string;
  readonly clock: Clock;
  readonly onProgress?: (progress: AgentProgress) => void;
  /** Called after each evaluation; the training waits for it. */
  readonly onCheckpoint?: (checkpoint: AgentCheckpoint) => void | Promise<void>;
  readonly resumeFrom?: AgentCheckpoint;
  readonly signal?: AbortSignalLike;
}

/** What a training of an agent brought forth. */
export interface TrainedAgent {
  /** The policy with the highest score. */
  readonly best: ScoredPolicy;
  readonly history: readonly AgentProgress[];
  readonly stopped: 'finished' | 'interrupted';
}

/**
 * Trains, evaluates now and then and at the end, and keeps the best policy. An aborted training ends after the current piece.
 *
 * @throws TrainingError `TRAINING_DIVERGED` where a figure is not a number any more, `TRAINING_CHECKPOINT_MISMATCH` for a
 * checkpoint of another recipe
 */
export async function trainAgent(request: TrainAgentRequest): Promise<TrainedAgent> {
  const { trainer } = request;
  await resume(request);
  const history = [...(request.resumeFrom?.history ?? [])];
  let best = request.resumeFrom?.best;
  while (goesOn(request)) {
    const { now, progress } = await learnAndJudge(request);
    if (best === undefined || now.score >= best.score) best = now; // of equals the one that has learned longer
    history.push(progress);
    request.onProgress?.(progress);
    await keep(request, { timesteps: now.timesteps, best, history });
  }
  const stopped = trainer.timesteps < request.timesteps ? 'interrupted' : 'finished';
  return { best: best ?? scored(request), history, stopped };
}

function goesOn({ trainer, timesteps, signal }: TrainAgentRequest): boolean {
  return trainer.timesteps < timesteps && signal?.aborted !== true;
}

/** Learns up to the next evaluation, and evaluates. */
async function learnAndJudge(request: TrainAgentRequest): Promise<{ now: ScoredPolicy; progress: AgentProgress }> {
  const { trainer, timesteps, evaluateEvery, clock } = request;
  const begun = clock.now();
  const until = Math.min(timesteps, (Math.floor(trainer.timesteps / evaluateEvery) + 1) * evaluateEvery);
  const figures = await learnUntil(request, until);
  const secondsLearning = (clock.now() - begun) / 1000;
  const now = scored(request);
  return { now, progress: { timesteps: now.timesteps, score: now.score, figures, secondsLearning } };
}

async function keep(
  { trainer, recipe, onCheckpoint }: TrainAgentRequest,
  course: Pick<AgentCheckpoint, 'timesteps' | 'best' | 'history'>,
): Promise<void> {
  if (onCheckpoint === undefined) return;
  await onCheckpoint({ recipe, trainer: await trainer.snapshot(), ...course });
}

async function resume({ trainer, recipe, resumeFrom: checkpoint }: TrainAgentRequest): Promise<void> {
  if (checkpoint === undefined) return;
  if (checkpoint.recipe !== recipe) {
    throw new TrainingError(
      'Cannot go on from the checkpoint: it is of a training with other settings; use the same ones, or start anew without it',
      { code: 'TRAINING_CHECKPOINT_MISMATCH', details: { checkpoint: checkpoint.recipe, training: recipe } },
    );
  }
  await trainer.restore(checkpoint.trainer);
}

function scored({ trainer, evaluate }: TrainAgentRequest): ScoredPolicy {
  const policy = trainer.policy();
  return { policy, score: evaluate(policy), timesteps: trainer.timesteps };
}

/** Goes on to a number of steps. @returns the means of what the pieces report */
async function learnUntil(
  { trainer, clock, signal }: TrainAgentRequest,
  until: number,
): Promise<Record<string, number>> {
  const sums = new Map<string, { sum: number; count: number }>();
  while (trainer.timesteps < until && signal?.aborted !== true) {
    const figures = await trainer.iterate();
    for (const [name, value] of Object.entries(figures)) {
      requireNumber(name, value, trainer.timesteps);
      const so = sums.get(name) ?? { sum: 0, count: 0 };
      sums.set(name, { sum: so.sum + value, count: so.count + 1 });
    }
    await clock.sleep(0); // lets a signal be heard
  }
  return Object.fromEntries(Array.from(sums, ([name, { sum, count }]) => [name, sum / count]));
}

function requireNumber(name: string, value: number, timesteps: number): void {
  if (Number.isFinite(value)) return;
  throw new TrainingError(
    `Cannot go on training: ${name} is ${value} after ${timesteps} steps; lower the learning rate, or look at the rewards`,
    { code: 'TRAINING_DIVERGED', details: { figure: name, value, timesteps } },
  );
}
