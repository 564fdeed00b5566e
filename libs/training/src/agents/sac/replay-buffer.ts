import { uniformsAt } from '@i-drill/numerics';
import type { TrainerSnapshot } from '../agent-trainer.js';
import type { NoisePlace } from '../noise-streams.js';

/** Widths of what is remembered. */
export interface ReplayShape {
  /** Steps it holds. */
  readonly capacity: number;
  readonly observations: number;
  readonly actions: number;
}

/** Some remembered steps; arrays begin with the rows. */
export interface ReplayBatch {
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly rewards: Float32Array;
  readonly observationsNext: Float32Array;
  readonly terminal: Float32Array;
}

/** Columns of a step and how wide they are. */
type Columns = readonly (readonly [name: keyof ReplayBatch, width: number])[];

/**
 * The last `capacity` steps, of which some are drawn with equal chance and repetition (Lin 1992, "Self-improving reactive
 * agents", Machine Learning 8). Its memory grows as it fills.
 */
export class ReplayBuffer {
  /** Steps it holds now. */
  size = 0;
  private next = 0;
  private readonly capacity: number;
  private readonly columns: Columns;
  private stored: Record<keyof ReplayBatch, Float32Array>;
  private draws = new Float64Array();

  constructor({ capacity, observations, actions }: ReplayShape) {
    this.capacity = capacity;
    this.columns = [
      ['observations', observations],
      ['actions', actions],
      ['rewards', 1],
      ['observationsNext', observations],
      ['terminal', 1],
    ];
    this.stored = this.room(Math.min(capacity, 1024));
  }

  /** Remembers row `row` of some arrays. */
  add(step: ReplayBatch, row: number): void {
    if (this.next === this.stored.rewards.length && this.stored.rewards.length < this.capacity) this.grow();
    for (const [name, width] of this.columns) {
      const [from, into] = [step[name], this.stored[name]];
      for (let k = 0; k < width; k++) into[this.next * width + k] = from[row * width + k]!;
    }
    this.next = (this.next + 1) % this.capacity;
    this.size = Math.min(this.size + 1, this.capacity);
  }

  /** Draws as many steps as `into` has rows; the same place draws the same ones. */
  sample(into: ReplayBatch, { seed, stream, step }: NoisePlace): void {
    const rows = into.rewards.length;
    if (this.draws.length !== rows) this.draws = new Float64Array(rows);
    uniformsAt(this.draws, seed, stream, step);
    for (let row = 0; row < rows; row++) {
      const from = Math.floor(this.draws[row]! * this.size);
      for (const [name, width] of this.columns) {
        const [source, target] = [this.stored[name], into[name]];
        for (let k = 0; k < width; k++) target[row * width + k] = source[from * width + k]!;
      }
    }
  }

  snapshot(): TrainerSnapshot {
    const held = this.columns.map(([name, width]) => [name, this.stored[name].slice(0, this.size * width)] as const);
    return { size: this.size, next: this.next, ...Object.fromEntries(held) };
  }

  restore(snapshot: TrainerSnapshot): void {
    [this.size, this.next] = [snapshot['size'] as number, snapshot['next'] as number];
    this.stored = this.room(Math.max(this.size, 1));
    for (const [name] of this.columns) this.stored[name].set(snapshot[name] as Float32Array);
  }

  private grow(): void {
    const former = this.stored;
    this.stored = this.room(Math.min(this.capacity, 2 * former.rewards.length));
    for (const [name] of this.columns) this.stored[name].set(former[name]);
  }

  private room(steps: number): Record<keyof ReplayBatch, Float32Array> {
    const arrays = this.columns.map(([name, width]) => [name, new Float32Array(steps * width)] as const);
    return Object.fromEntries(arrays) as Record<keyof ReplayBatch, Float32Array>;
  }
}

/** Arrays for some steps. */
export function replayBatch(rows: number, { observations, actions }: Omit<ReplayShape, 'capacity'>): ReplayBatch {
  return {
    observations: new Float32Array(rows * observations),
    actions: new Float32Array(rows * actions),
    rewards: new Float32Array(rows),
    observationsNext: new Float32Array(rows * observations),
    terminal: new Float32Array(rows),
  };
}
