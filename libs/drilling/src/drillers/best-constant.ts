import type { DrillingOptions } from '../environment/drilling-options.js';
import { runWells } from './run-wells.js';
import type { ScreenSetPoint } from './set-point-rule.js';
import { constantRule } from './simple-rules.js';

const grid = {
  weights: [60, 70, 80, 90, 100, 110, 120, 130, 140],
  speeds: [90, 100, 110, 120, 130, 140, 160, 180],
  flows: [1400, 1700, 2000, 2300, 2600],
} as const;

/** The constant set-point that does best on some wells, by search over a grid; `score` is what it reaches there. */
export function bestConstant(
  options: DrillingOptions,
  seeds: readonly number[],
  score: (wells: ReturnType<typeof runWells>) => number,
): ScreenSetPoint & { readonly score: number } {
  const candidates = grid.weights.flatMap((weight) =>
    grid.speeds.flatMap((speed) => grid.flows.map((flow) => ({ weight, speed, flow }))),
  );
  const scored = candidates.map((candidate) => {
    const choose = constantRule(candidate).start(seeds.length);
    return { ...candidate, score: score(runWells(options, seeds, choose)) };
  });
  return scored.reduce((best, each) => (each.score > best.score ? each : best));
}
