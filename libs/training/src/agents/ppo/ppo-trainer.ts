import type { AgentTrainer, TrainerSnapshot } from '../agent-trainer.js';
import { momentsSnapshot, networkSnapshot, restoreMoments, restoreNetwork } from '../network-snapshot.js';
import type { ObservationScaling, Policy } from '../policy/policy.js';
import { addRows, emptyMoments } from '../policy/running-moments.js';
import { identityScaling, scaleObservations, scalingOf } from '../policy/scale-observations.js';
import { scheduled } from '../schedule.js';
import { createActorCritic, type ActorCritic } from './actor-critic.js';
import { advantages } from './advantages.js';
import type { RolloutCollector } from './collector.js';
import { improve, type LearningRows } from './improve.js';
import type { PpoSettings } from './ppo-settings.js';
import { scaleRewards, type RewardScaleState } from './reward-scale.js';
import type { Rollout } from './rollout.js';

/**
 * Proximal policy optimisation (Schulman et al. 2017): a rollout, its advantages, some epochs of gradient steps, again. The
 * scaling of observations and rewards moves between rollouts only, so that places do not depend on one another.
 */
export function createPpoTrainer(collector: RolloutCollector, settings: PpoSettings): AgentTrainer {
  const { spec, count } = collector;
  const networks = createActorCritic(spec.observation.length, spec.action, settings);
  const seen = emptyMoments(spec.observation.length);
  const rewardScale: RewardScaleState = { moments: emptyMoments(1), returns: new Float64Array(count) };
  let scaling = identityScaling(spec.observation.length);
  let iterations = 0;

  function policy(): Policy {
    const { layers, parameters } = networks.actor;
    return {
      formatVersion: 1,
      agentType: 'ppo',
      environment: spec.id,
      observation: spec.observation,
      action: spec.action,
      scaling,
      squash: 'clip',
      layers,
      parameters: parameters.slice(),
    };
  }

  async function iterate(): Promise<Record<string, number>> {
    const { rolloutSteps, gamma } = settings;
    const progress = (iterations * count * rolloutSteps) / settings.timesteps;
    const acting = { parameters: networks.actor.parameters.slice(), logSpreads: networks.logSpreads.slice(), scaling };
    const rollout = await collector.collect({
      policy: acting,
      steps: rolloutSteps,
      firstStep: iterations * rolloutSteps,
    });
    const rewards = settings.normaliseRewards ? scaleRewards(rewardScale, rollout, gamma) : rollout.rewards;
    const rows = learningRows(networks, { rollout, rewards, scaling }, settings);
    const report = improve(networks, rows, {
      ...settings,
      learningRate: scheduled(settings.learningRate, progress),
      clipRange: scheduled(settings.clipRange, progress),
      iteration: iterations,
    });
    if (settings.normaliseObservations) {
      addRows(seen, rollout.observations);
      scaling = scalingOf(seen);
    }
    iterations++;
    return report;
  }

  return {
    get timesteps() {
      return iterations * count * settings.rolloutSteps;
    },
    iterate,
    policy,
    async snapshot(): Promise<TrainerSnapshot> {
      const { actor, critic, logSpread } = networks;
      return {
        iterations,
        actor: networkSnapshot(actor),
        critic: networkSnapshot(critic),
        ...(logSpread === undefined ? {} : { logSpread: networkSnapshot(logSpread) }),
        seen: momentsSnapshot(seen),
        returns: momentsSnapshot(rewardScale.moments),
        returnsSoFar: Array.from(rewardScale.returns),
        environment: Array.from(await collector.snapshot()),
      };
    },
    async restore(snapshot) {
      iterations = snapshot['iterations'] as number;
      for (const name of ['actor', 'critic', 'logSpread'] as const) {
        const network = networks[name];
        if (network !== undefined) restoreNetwork(network, snapshot[name] as TrainerSnapshot);
      }
      restoreMoments(seen, snapshot['seen'] as TrainerSnapshot);
      restoreMoments(rewardScale.moments, snapshot['returns'] as TrainerSnapshot);
      rewardScale.returns.set(snapshot['returnsSoFar'] as readonly number[]);
      if (settings.normaliseObservations && iterations > 0) scaling = scalingOf(seen);
      await collector.restore(Float64Array.from(snapshot['environment'] as readonly number[]));
    },
  };
}

interface ScaledRollout {
  readonly rollout: Rollout;
  readonly rewards: Float32Array;
  readonly scaling: ObservationScaling;
}

/** Everything the gradient steps need: scaled observations, advantages, returns. */
function learningRows(
  { critic }: ActorCritic,
  { rollout, rewards, scaling }: ScaledRollout,
  { gamma, lambda, batchSize }: PpoSettings,
): LearningRows {
  const observations = new Float32Array(rollout.observations.length);
  scaleObservations(scaling, rollout.observations, observations);
  const open = new Float32Array(rollout.openObservations.length);
  scaleObservations(scaling, rollout.openObservations, open);
  const values = answersOf(critic, observations, batchSize);
  const valuesNext = new Float32Array(rollout.rows);
  valuesNext.set(values.subarray(1));
  const openValues = answersOf(critic, open, batchSize);
  rollout.openRows.forEach((row, i) => {
    valuesNext[row] = openValues[i]!;
  });
  const credit = advantages({ ...rollout, rewards, values, valuesNext }, { gamma, lambda });
  const returns = credit.map((advantage, row) => advantage + values[row]!);
  return { ...rollout, observations, advantages: credit, returns };
}

/** One answer a row, in lots. */
function answersOf(critic: ActorCritic['critic'], rows: Float32Array, lot: number): Float32Array {
  const width = critic.layers[0]!.inputs;
  const count = rows.length / width;
  const answers = new Float32Array(count);
  for (let first = 0; first < count; first += lot) {
    const size = Math.min(lot, count - first);
    answers.set(critic.forward(rows.subarray(first * width, (first + size) * width), size), first);
  }
  return answers;
}
