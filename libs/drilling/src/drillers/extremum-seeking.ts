import { drillingObservation } from '../environment/channels.js';
import type { SetPointRule } from './set-point-rule.js';

const energyColumn = drillingObservation.findIndex(({ name }) => name === 'mechanical_specific_energy');
const hoursColumn = drillingObservation.findIndex(({ name }) => name === 'hours_on_bit');
const rigStateColumn = drillingObservation.findIndex(({ name }) => name === 'rig_state');

/** What is sought in: weight and speed, with the size of the probing and the period in steps. */
const probes = [
  { start: 90, low: 40, high: 150, probe: 6, period: 8, gain: 6 },
  { start: 115, low: 80, high: 180, probe: 6, period: 12, gain: 6 },
] as const;
const flow = 2000;
/** Share of the slow mean that a step renews. */
const forgetting = 0.1;

interface Memory {
  readonly means: number[];
  level: number;
  step: number;
}

const freshMemory = (): Memory => ({ means: probes.map(({ start }) => start), level: Number.NaN, step: 0 });

/**
 * Extremum seeking on specific energy (Krstić & Wang 2000, Automatica 36(4)): weight and speed swing a little, each with a
 * period of its own; what of log e swings along is its slope, and the means go down it:
 *
 *   θ ← θ − k·(log e − mean)·sin(2πt / P),   set-point = θ + a·sin(2π(t + 1) / P)
 *
 * Flow is kept.
 */
export function extremumSeeking(): SetPointRule {
  return {
    name: 'extremum seeking',
    start(count) {
      const memories = Array.from({ length: count }, freshMemory);
      const actions = new Float32Array(3 * count);
      return (observations) => {
        const width = drillingObservation.length;
        memories.forEach((_, place) => {
          const at = place * width;
          if (observations[at + hoursColumn] === 0) memories[place] = freshMemory();
          const memory = memories[place]!;
          if (observations[at + rigStateColumn] === 0)
            seek(memory, Math.log(Math.max(1, observations[at + energyColumn]!)));
          probes.forEach(({ probe, period }, k) => {
            actions[3 * place + k] = memory.means[k]! + probe * Math.sin((2 * Math.PI * memory.step) / period);
          });
          actions[3 * place + 2] = flow;
        });
        return actions;
      };
    },
  };
}

function seek(memory: Memory, logEnergy: number): void {
  if (Number.isNaN(memory.level)) memory.level = logEnergy;
  const swing = logEnergy - memory.level;
  memory.level += forgetting * swing;
  probes.forEach(({ period, gain, low, high }, k) => {
    // What is shown belongs to the set-point of the step before the last: the screen lags by one.
    const moved = memory.means[k]! - gain * swing * Math.sin((2 * Math.PI * (memory.step - 1)) / period);
    memory.means[k] = Math.min(high, Math.max(low, moved));
  });
  memory.step++;
}
