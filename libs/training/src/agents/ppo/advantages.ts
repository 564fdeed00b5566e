/** Steps of one or more episodes, one after another. */
export interface Trajectory {
  /** Shape [T], as all of them. */
  readonly rewards: Float32Array;
  /** V of the state before each step. */
  readonly values: Float32Array;
  /** V of the state after each step; without meaning after a terminal one. */
  readonly valuesNext: Float32Array;
  /** 1 where the step ended the episode by what happened in it. */
  readonly terminal: Uint8Array;
  /** 1 where the next row belongs to another piece: after a terminal step, at a limit of steps, where recording stopped. */
  readonly last: Uint8Array;
}

/** How far credit reaches back. */
export interface CreditOptions {
  /** Discount per step. */
  readonly gamma: number;
  /** Between one step (0) and the whole return (1). */
  readonly lambda: number;
}

/**
 * Advantage of every step, by generalised advantage estimation (Schulman et al. 2016, ICLR, §3):
 *
 *   δ_t = r_t + γ·V_{t+1} − V_t
 *   A_t = δ_t + γλ·A_{t+1}
 *
 * Nothing of value follows a terminal step. A limit of steps is not terminal: its last state has a value, and only the sum
 * ends there (Pardo et al. 2018, "Time limits in reinforcement learning", ICML).
 *
 * @returns A, shape [T]
 *
 * @example
 * ```ts
 * import { advantages } from '@i-drill/training/agents';
 * const zeros = new Float32Array(2);
 * const trajectory = { rewards: Float32Array.of(1, 1), values: zeros, valuesNext: zeros };
 * const ends = { terminal: Uint8Array.of(0, 1), last: Uint8Array.of(0, 1) };
 * Array.from(advantages({ ...trajectory, ...ends }, { gamma: 0.5, lambda: 1 })); // => [1.5, 1]
 * ```
 */
export function advantages(trajectory: Trajectory, { gamma, lambda }: CreditOptions): Float32Array {
  const { rewards, values, valuesNext, terminal, last } = trajectory;
  const result = new Float32Array(rewards.length);
  let advantageNext = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    const future = terminal[t] === 1 ? 0 : gamma * valuesNext[t]!;
    const tdError = rewards[t]! + future - values[t]!;
    advantageNext = tdError + (last[t] === 1 ? 0 : gamma * lambda * advantageNext);
    result[t] = advantageNext;
  }
  return result;
}
