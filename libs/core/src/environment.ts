import type { FeatureSpec } from './sensor-dataset.js';

/** One number of an observation or an action, in the unit it has on the rig. */
export interface SpaceComponent extends FeatureSpec {
  /** Least value; −Infinity where there is none. Actions below are raised to it. */
  readonly low: number;
  /** Greatest value; Infinity where there is none. Actions above are lowered to it. */
  readonly high: number;
}

/** What an agent may do: give numbers, or choose one of several things by its index. */
export type ActionSpace =
  | { readonly kind: 'continuous'; readonly components: readonly SpaceComponent[] }
  | { readonly kind: 'discrete'; readonly names: readonly string[] };

/** What is known of an environment before its first episode. */
export interface EnvironmentSpec {
  /** Name and version, `Drilling-v1`. Another version may give other episodes for the same seed and actions. */
  readonly id: string;
  readonly observation: readonly SpaceComponent[];
  readonly action: ActionSpace;
  /** Steps after which an episode is truncated: its last state had a future, unlike that of a terminated one. */
  readonly maxSteps: number;
  /** What is told of a step beside the reward, to judge by and not to act on. */
  readonly info: readonly FeatureSpec[];
}

/**
 * N episodes side by side, stepped in one call. The arrays are the same ones all the time and written over by every call.
 * Where an episode ends, the next one begins at once, with a seed drawn from that of its place: what place i sees depends
 * on its seed and its actions, not on N. As Gymnasium's `VectorEnv` with autoreset in the same step.
 */
export interface VectorEnvironment {
  readonly spec: EnvironmentSpec;
  /** N. */
  readonly count: number;
  /** What is seen now, shape [N, O], physical units; of an episode that has just ended, the first of the next. */
  readonly observations: Float32Array;
  /** Of the last step, shape [N]. */
  readonly rewards: Float32Array;
  /** 1 where the last step ended an episode by what happened in it, shape [N]. */
  readonly terminated: Uint8Array;
  /** 1 where the last step ended an episode by the limit of steps, shape [N]. */
  readonly truncated: Uint8Array;
  /** The last observation of an episode that the last step ended, shape [N, O]; elsewhere without meaning. */
  readonly finalObservations: Float32Array;
  /** Of the last step, shape [N, I]. */
  readonly info: Float32Array;
  /**
   * Begins an episode in every place.
   *
   * @param seeds one safe integer per place
   */
  reset(seeds: readonly number[]): void;
  /** @param actions physical units, shape [N, A]; of a discrete space the index, shape [N] */
  step(actions: Float32Array): void;
  /** All that decides what comes next, as numbers: given to `restore`, the same actions bring the same steps again. */
  snapshot(): Float64Array;
  /** Goes back to where `snapshot` was taken, in this environment or another of the same id and count. */
  restore(snapshot: Float64Array): void;
}
