import type { EnvironmentSpec, VectorEnvironment } from '@i-drill/core';
import { createDenseNetwork, type DenseLayer, type DenseNetwork } from '@i-drill/kernels';
import { noiseStream } from '../noise-streams.js';
import { placeSeeds } from '../place-seeds.js';
import { actionScaling } from '../policy/action-scaling.js';
import type { ObservationScaling } from '../policy/policy.js';
import { scaleObservations } from '../policy/scale-observations.js';
import type { ActionDistribution } from './action-distribution.js';
import { categorical } from './categorical.js';
import { diagonalGaussian } from './diagonal-gaussian.js';
import type { Rollout } from './rollout.js';

/** The policy that acts during a rollout; it does not change while it lasts. */
export interface ActingPolicy {
  readonly parameters: Float32Array;
  /** log σ; empty for choices. */
  readonly logSpreads: Float32Array;
  readonly scaling: ObservationScaling;
}

/** What a rollout is asked for. */
export interface RolloutRequest {
  readonly policy: ActingPolicy;
  /** T. */
  readonly steps: number;
  /** Steps every place has taken before, for the noise. */
  readonly firstStep: number;
}

/** Places in which a policy acts: here, or in other threads. What comes out does not depend on where they are. */
export interface RolloutCollector {
  readonly spec: EnvironmentSpec;
  /** N. */
  readonly count: number;
  collect(request: RolloutRequest): Promise<Rollout>;
  snapshot(): Promise<Float64Array>;
  restore(snapshot: Float64Array): Promise<void>;
}

/** What a collector is made from. */
export interface CollectorOptions {
  readonly environment: VectorEnvironment;
  /** Of the actor. */
  readonly layers: readonly DenseLayer[];
  readonly seed: number;
  /** Number of the first place, where these are some of many. @default 0 */
  readonly firstPlace?: number;
}

/** Collects in this thread. Begins new episodes. */
export function localCollector(options: CollectorOptions): RolloutCollector {
  const { environment, seed, firstPlace = 0 } = options;
  environment.reset(placeSeeds(seed, firstPlace, environment.count));
  const acting = actingIn(options);
  return {
    spec: environment.spec,
    count: environment.count,
    collect: (request) => Promise.resolve(collect(acting, request)),
    snapshot: () => Promise.resolve(environment.snapshot()),
    restore(snapshot) {
      environment.restore(snapshot);
      return Promise.resolve();
    },
  };
}

interface Acting {
  readonly environment: VectorEnvironment;
  readonly actor: DenseNetwork;
  readonly logSpreads: Float32Array;
  readonly distribution: ActionDistribution;
  readonly toPhysical: (unit: Float32Array, into: Float32Array) => void;
  readonly seed: number;
  readonly firstPlace: number;
}

function actingIn({ environment, layers, seed, firstPlace = 0 }: CollectorOptions): Acting {
  const { action } = environment.spec;
  const logSpreads = new Float32Array(action.kind === 'discrete' ? 0 : action.components.length);
  return {
    environment,
    actor: createDenseNetwork(layers, { maxRows: environment.count }),
    logSpreads,
    distribution:
      action.kind === 'discrete'
        ? categorical(action.names.length)
        : diagonalGaussian(logSpreads, new Float32Array(logSpreads.length)),
    toPhysical: actionScaling(action).toPhysical,
    seed,
    firstPlace,
  };
}

function collect(acting: Acting, { policy, steps, firstStep }: RolloutRequest): Rollout {
  const { environment, actor, distribution, logSpreads } = acting;
  actor.parameters.set(policy.parameters);
  logSpreads.set(policy.logSpreads);
  const { count } = environment;
  const record = startRecord(environment, distribution.width, steps);
  const scaled = new Float32Array(environment.observations.length);
  const unit = new Float32Array(count * distribution.width);
  const physical = new Float32Array(unit.length);
  for (let t = 0; t < steps; t++) {
    scaleObservations(policy.scaling, environment.observations, scaled);
    const outputs = actor.forward(scaled, count);
    for (let place = 0; place < count; place++) {
      const stream = noiseStream('exploration', acting.firstPlace + place);
      distribution.sample(outputs, place, { seed: acting.seed, stream, step: firstStep + t }, unit);
      record.before(place, t, { unit, logProbability: distribution.evaluate(outputs, place, unit).logProbability });
    }
    acting.toPhysical(unit, physical);
    environment.step(physical);
    for (let place = 0; place < count; place++) record.after(place, t);
  }
  return record.finish();
}

interface Decision {
  readonly unit: Float32Array;
  readonly logProbability: number;
}

interface RolloutRecord {
  before(place: number, t: number, decision: Decision): void;
  after(place: number, t: number): void;
  finish(): Rollout;
}

function startRecord(environment: VectorEnvironment, width: number, steps: number): RolloutRecord {
  const seen = environment.spec.observation.length;
  const rows = environment.count * steps;
  const [observations, actions] = [new Float32Array(rows * seen), new Float32Array(rows * width)];
  const [logProbabilities, rewards] = [new Float32Array(rows), new Float32Array(rows)];
  const [terminal, last] = [new Uint8Array(rows), new Uint8Array(rows)];
  const open: { readonly row: number; readonly seen: number[] }[] = [];
  return {
    before(place, t, { unit, logProbability }) {
      const row = place * steps + t;
      copyRow(environment.observations, place, { into: observations, row, width: seen });
      copyRow(unit, place, { into: actions, row, width });
      logProbabilities[row] = logProbability;
    },
    after(place, t) {
      const row = place * steps + t;
      rewards[row] = environment.rewards[place]!;
      terminal[row] = environment.terminated[place]!;
      const truncated = environment.truncated[place] === 1;
      last[row] = terminal[row] === 1 || truncated || t === steps - 1 ? 1 : 0;
      if (last[row] === 0 || terminal[row] === 1) return;
      const from = truncated ? environment.finalObservations : environment.observations;
      open.push({ row, seen: Array.from(from.subarray(place * seen, (place + 1) * seen)) });
    },
    finish() {
      open.sort((a, b) => a.row - b.row);
      return {
        rows,
        observations,
        actions,
        logProbabilities,
        rewards,
        terminal,
        last,
        openRows: Int32Array.from(open, ({ row }) => row),
        openObservations: Float32Array.from(open.flatMap((each) => each.seen)),
      };
    },
  };
}

interface RowTarget {
  readonly into: Float32Array;
  readonly row: number;
  readonly width: number;
}

function copyRow(from: Float32Array, place: number, { into, row, width }: RowTarget): void {
  for (let k = 0; k < width; k++) into[row * width + k] = from[place * width + k]!;
}
