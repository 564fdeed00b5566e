import type { VectorEnvironment } from '@i-drill/core';
import { denseOffsets, type DenseNetwork } from '@i-drill/kernels';
import { normalsAt, uniformsAt } from '@i-drill/numerics';
import type { AgentTrainer, TrainerSnapshot } from '../agent-trainer.js';
import { momentsSnapshot, networkSnapshot, restoreMoments, restoreNetwork } from '../network-snapshot.js';
import { noiseStream } from '../noise-streams.js';
import { placeSeeds } from '../place-seeds.js';
import { actionScaling } from '../policy/action-scaling.js';
import type { ObservationScaling, Policy } from '../policy/policy.js';
import { addRows, emptyMoments } from '../policy/running-moments.js';
import { identityScaling, scaleObservations, scalingOf } from '../policy/scale-observations.js';
import { scheduled } from '../schedule.js';
import { ReplayBuffer, replayBatch } from './replay-buffer.js';
import type { SacSettings } from './sac-settings.js';
import { createSoftNetworks, type SoftNetworks } from './soft-networks.js';
import { softUpdate, type SoftUpdateReport } from './soft-update.js';
import { drawSquashed } from './squashed-gaussian.js';

/** Steps of every place in one piece of the training. */
const roundsPerPiece = 100;

/**
 * Soft actor-critic (Haarnoja et al. 2018, arXiv:1812.05905) with twin critics and a learned temperature. Steps and updates
 * take turns; actions are continuous, from −1 to 1 inside.
 *
 * @throws RangeError for an environment of choices
 */
export function createSacTrainer(environment: VectorEnvironment, settings: SacSettings): AgentTrainer {
  const training = startTraining(environment, settings);
  const { networks, replay, moments, state } = training;
  return {
    get timesteps() {
      return state.rounds * environment.count;
    },
    iterate() {
      return Promise.resolve(piece(training));
    },
    policy: () => policyOf(training),
    snapshot() {
      return Promise.resolve({
        ...state,
        ...mapNetworks(networks, networkSnapshot),
        replay: replay.snapshot(),
        seen: momentsSnapshot(moments),
        scaling: { ...training.scaling },
        exploration: Array.from(training.exploration),
        environment: Array.from(environment.snapshot()),
      });
    },
    restore(snapshot) {
      state.rounds = snapshot['rounds'] as number;
      state.updates = snapshot['updates'] as number;
      mapNetworks(networks, (network, name) => {
        restoreNetwork(network, snapshot[name] as TrainerSnapshot);
        return {};
      });
      replay.restore(snapshot['replay'] as TrainerSnapshot);
      restoreMoments(moments, snapshot['seen'] as TrainerSnapshot);
      training.exploration.set(snapshot['exploration'] as readonly number[]);
      environment.restore(Float64Array.from(snapshot['environment'] as readonly number[]));
      training.scaling = snapshot['scaling'] as unknown as ObservationScaling;
      return Promise.resolve();
    },
  };
}

type Training = ReturnType<typeof startTraining>;

function startTraining(environment: VectorEnvironment, settings: SacSettings) {
  const { spec, count } = environment;
  if (spec.action.kind === 'discrete') {
    throw new RangeError(`Cannot train SAC in ${spec.id}: its actions are choices; train PPO instead`);
  }
  const [observed, width] = [spec.observation.length, spec.action.components.length];
  environment.reset(placeSeeds(settings.seed, 0, count));
  const networks = createSoftNetworks(observed, width, settings);
  const moments = emptyMoments(observed);
  const shape = { observations: observed, actions: width };
  const training = {
    environment,
    settings,
    width,
    networks,
    moments,
    state: { rounds: 0, updates: 0 },
    scaling: identityScaling(observed),
    replay: new ReplayBuffer({ capacity: settings.bufferSize, ...shape }),
    batch: replayBatch(settings.batchSize, shape),
    step: replayBatch(count, shape),
    update: softUpdate(networks, settings),
    toPhysical: actionScaling(spec.action).toPhysical,
    /** Actions in physical units, [N, A]. */
    physical: new Float32Array(count * width),
    /** What exploration keeps of its noise, [N, A]. */
    exploration: new Float64Array(count * width),
    rescale(): void {
      if (settings.normaliseObservations && moments.count > 0) training.scaling = scalingOf(moments);
    },
  };
  return training;
}

function piece(training: Training): Record<string, number> {
  const { settings, state, environment } = training;
  const reports: SoftUpdateReport[] = [];
  for (let round = 0; round < roundsPerPiece; round++) {
    takeStep(training);
    state.rounds++;
    const timesteps = state.rounds * environment.count;
    if (timesteps <= settings.learningStarts || state.rounds % settings.trainEvery !== 0) continue;
    for (let i = 0; i < settings.gradientSteps; i++) reports.push(learn(training, timesteps));
  }
  if (reports.length === 0) return {};
  const mean = (name: keyof SoftUpdateReport): number =>
    reports.reduce((sum, each) => sum + each[name], 0) / reports.length;
  return { criticLoss: mean('criticLoss'), entropy: mean('entropy'), temperature: mean('temperature') };
}

function takeStep({ environment, step, replay, moments, settings, ...training }: Training): void {
  const { observations, actions, rewards, observationsNext, terminal } = step;
  const { count } = environment;
  observations.set(environment.observations);
  chooseActions({ environment, step, replay, moments, settings, ...training });
  training.toPhysical(actions, training.physical);
  environment.step(training.physical);
  const seen = environment.spec.observation.length;
  for (let place = 0; place < count; place++) {
    const ended = environment.terminated[place]! + environment.truncated[place]! > 0;
    const from = ended ? environment.finalObservations : environment.observations;
    observationsNext.set(from.subarray(place * seen, (place + 1) * seen), place * seen);
    rewards[place] = cut(settings.rewardFactor * environment.rewards[place]!, settings.rewardClip);
    terminal[place] = environment.terminated[place]!;
    replay.add(step, place);
  }
  if (settings.normaliseObservations) addRows(moments, observations);
}

function cut(value: number, limit: number | null): number {
  return limit === null ? value : Math.min(limit, Math.max(-limit, value));
}

/** Uniform before learning starts; then drawn from the policy, with noise that may remember. */
function chooseActions({ environment, step, settings, state, networks, width, exploration, scaling }: Training): void {
  const { count } = environment;
  const { seed, noiseMemory, learningStarts } = settings;
  const draws = new Float64Array(width);
  const isBlind = state.rounds * count < learningStarts;
  for (let place = 0; place < count; place++) {
    const stream = noiseStream('exploration', place);
    (isBlind ? uniformsAt : normalsAt)(draws, seed, stream, state.rounds);
    for (let k = 0; k < width; k++) {
      const at = place * width + k;
      if (isBlind) step.actions[at] = 2 * draws[k]! - 1;
      else exploration[at] = noiseMemory * exploration[at]! + Math.sqrt(1 - noiseMemory ** 2) * draws[k]!;
    }
  }
  if (isBlind) return;
  const scaled = new Float32Array(step.observations.length);
  scaleObservations(scaling, step.observations, scaled);
  const outputs = networks.actor.forward(scaled, count);
  const logProbabilities = new Float32Array(count);
  drawSquashed({ rows: count, width, outputs, noise: exploration, actions: step.actions, logProbabilities });
}

function learn(training: Training, timesteps: number): SoftUpdateReport {
  const { settings, replay, batch, state, update } = training;
  if (timesteps % 1000 < training.environment.count) training.rescale();
  replay.sample(batch, { seed: settings.seed, stream: noiseStream('replay'), step: state.updates });
  if (settings.normaliseObservations) {
    scaleObservations(training.scaling, batch.observations, batch.observations);
    scaleObservations(training.scaling, batch.observationsNext, batch.observationsNext);
  }
  const learningRate = scheduled(settings.learningRate, timesteps / settings.timesteps);
  return update(batch, { update: state.updates++, learningRate });
}

/** The policy without chance: the half of the actor that gives μ. */
function policyOf({ environment: { spec }, networks: { actor }, width, scaling }: Training): Policy {
  const last = actor.layers.at(-1)!;
  const layers = [...actor.layers.slice(0, -1), { ...last, outputs: width }];
  const [from, to] = [denseOffsets(actor.layers), denseOffsets(layers)];
  const parameters = new Float32Array(to.size);
  const head = from.offsets.at(-1)!;
  parameters.set(actor.parameters.subarray(0, head));
  for (let row = 0; row <= last.inputs; row++) {
    const kept = actor.parameters.subarray(head + row * last.outputs, head + row * last.outputs + width);
    parameters.set(kept, head + row * width);
  }
  return {
    formatVersion: 1,
    agentType: 'sac',
    environment: spec.id,
    observation: spec.observation,
    action: spec.action,
    scaling,
    squash: 'tanh',
    layers,
    parameters,
  };
}

type NamedNetwork = 'actor' | 'criticA' | 'criticB' | 'targetA' | 'targetB' | 'logTemperature';

function mapNetworks(
  { actor, critics, targets, logTemperature }: SoftNetworks,
  each: (network: DenseNetwork, name: NamedNetwork) => TrainerSnapshot,
): Record<NamedNetwork, TrainerSnapshot> {
  return {
    actor: each(actor, 'actor'),
    criticA: each(critics[0], 'criticA'),
    criticB: each(critics[1], 'criticB'),
    targetA: each(targets[0], 'targetA'),
    targetB: each(targets[1], 'targetB'),
    logTemperature: each(logTemperature, 'logTemperature'),
  };
}
