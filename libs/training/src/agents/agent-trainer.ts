import type { Policy } from './policy/policy.js';

/** Numbers and float32 arrays under names: survives JSON but for the arrays, which `encodeCheckpoint` carries too. */
export interface TrainerSnapshot {
  readonly [name: string]: TrainerSnapshotValue;
}

/** What a snapshot may hold. */
export type TrainerSnapshotValue = number | Float32Array | readonly number[] | TrainerSnapshot;

/** A training that goes forward a piece at a time. */
export interface AgentTrainer {
  /** Environment steps taken. */
  readonly timesteps: number;
  /** Collects and learns once. @returns figures of this piece, by name */
  iterate(): Promise<Readonly<Record<string, number>>>;
  /** The agent as it is now; a copy. */
  policy(): Policy;
  /** All it needs to go on. */
  snapshot(): Promise<TrainerSnapshot>;
  /** Goes on from there; figures and weights are then those of a training that never stopped. */
  restore(snapshot: TrainerSnapshot): Promise<void>;
}
