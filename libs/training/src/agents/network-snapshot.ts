import type { DenseNetwork } from '@i-drill/kernels';
import type { TrainerSnapshot } from './agent-trainer.js';
import type { RunningMoments } from './policy/running-moments.js';

/** Weights and what Adam remembers. */
export function networkSnapshot({ parameters, memory }: DenseNetwork): TrainerSnapshot {
  return { parameters: parameters.slice(), m: memory.m.slice(), v: memory.v.slice(), steps: memory.steps };
}

/** Puts them back. */
export function restoreNetwork({ parameters, memory }: DenseNetwork, snapshot: TrainerSnapshot): void {
  parameters.set(snapshot['parameters'] as Float32Array);
  memory.m.set(snapshot['m'] as Float32Array);
  memory.v.set(snapshot['v'] as Float32Array);
  memory.steps = snapshot['steps'] as number;
}

/** Moments in double precision. */
export function momentsSnapshot({ count, mean, squares }: RunningMoments): TrainerSnapshot {
  return { count, mean: Array.from(mean), squares: Array.from(squares) };
}

/** Puts them back. */
export function restoreMoments(moments: RunningMoments, snapshot: TrainerSnapshot): void {
  moments.count = snapshot['count'] as number;
  moments.mean.set(snapshot['mean'] as readonly number[]);
  moments.squares.set(snapshot['squares'] as readonly number[]);
}
