import { describe, expect, it } from 'vitest';
import { drillingObservation } from '../environment/channels.js';
import { bestConstant } from './best-constant.js';
import { drillersRule } from './drillers-rule.js';
import { extremumSeeking } from './extremum-seeking.js';
import { recordRun } from './record-run.js';
import { runWells, type WellResult } from './run-wells.js';
import { constantRule, randomRule } from './simple-rules.js';
import { wellFigures } from './well-figures.js';

const seeds = Array.from({ length: 60 }, (_, i) => 700_000 + i);
const options = { maxSteps: 4000 } as const;

function seen(values: Readonly<Record<string, number>>): Float32Array {
  return Float32Array.from(drillingObservation, ({ name }) => values[name] ?? 0);
}

describe('runWells()', () => {
  it('drills every well to its end, the same way alone as among others', () => {
    const wells = runWells(options, seeds, constantRule({ weight: 90, speed: 110, flow: 2000 }).start(60));
    expect(wells.map(({ seed }) => seed)).toEqual(seeds);
    expect(wells.every(({ end }) => end !== 'limit of steps')).toBe(true);
    const [alone] = runWells(options, [seeds[7]!], constantRule({ weight: 90, speed: 110, flow: 2000 }).start(1));
    expect(wells[7]).toEqual(alone);
  });

  it('truncates where there is a limit', () => {
    const wells = runWells({ maxSteps: 5 }, seeds, constantRule({ weight: 90, speed: 110, flow: 2000 }).start(60));
    expect(wells.every(({ end, hours }) => end === 'limit of steps' && Math.abs(hours - 5 / 12) < 1e-9)).toBe(true);
  });
});

describe('wellFigures()', () => {
  const well = (drilledM: number, cost: number, more: Partial<WellResult> = {}): WellResult => ({ seed: 1, drilledM, hours: 10, cost, violations: 0, return: 0, end: 'worn-out', ...more }); // prettier-ignore

  it('are ratios of sums, worked by hand', () => {
    const figures = wellFigures([well(100, 40_000, { violations: 3 }), well(300, 40_000, { end: 'loss', return: -8 })]);
    expect(figures.costPerM.value).toBe(200);
    expect(figures.rateOfPenetration.value).toBe(20);
    expect(figures.bitRuns.value).toBe(5);
    expect(figures.violations.value).toBe(7.5);
    expect(figures.events.value).toBe(2.5);
    expect(figures.meanReturn.value).toBe(-4);
    expect(figures.conditionalValueAtRisk.value).toBe(-8);
    expect(figures.costPerM.interval).toEqual({ low: 40_000 / 300, high: 400 });
  });
});

describe('rules that drill', () => {
  it('are better the more they look: random, then extremum seeking, then the driller', () => {
    const cost = [randomRule(1), extremumSeeking(), drillersRule()].map(
      (rule) => wellFigures(runWells(options, seeds, rule.start(60))).costPerM.value,
    );
    expect(cost[0]).toBeGreaterThan(2 * cost[1]!);
    expect(cost[1]).toBeGreaterThan(cost[2]!);
  });

  it('draw the same random set-points for the same seed', () => {
    const [first, again] = [randomRule(4).start(2), randomRule(4).start(2)];
    expect(first(seen({})).slice()).toEqual(again(seen({})));
    expect(first(seen({})).slice()).toEqual(again(seen({})));
  });

  it('raise the weight while the rate follows, and go back where it does not', () => {
    const act = drillersRule().start(1);
    const weights: number[] = [];
    for (let step = 0; step < 40; step++) {
      const weight = weights.at(-1) ?? 70;
      const rate = Math.min(weight, 95) / 4; // founders at 95 kN
      weights.push(act(seen({ hours_on_bit: step / 12, rate_of_penetration: rate }))[0]!);
    }
    expect(Math.max(...weights)).toBe(110);
    expect(weights.at(-1)).toBe(100);
  });

  it('ease off where the string whirls, sticks, or mud is lost', () => {
    const calm = drillersRule()
      .start(1)(seen({ hours_on_bit: 1 }))
      .slice();
    const whirl = drillersRule()
      .start(1)(seen({ hours_on_bit: 1, lateral_vibration: 4 }))
      .slice();
    const stick = drillersRule()
      .start(1)(seen({ hours_on_bit: 1, stick_slip_severity: 1.5 }))
      .slice();
    const loss = drillersRule()
      .start(1)(seen({ hours_on_bit: 1, return_flow_difference: -300 }))
      .slice();
    expect(whirl[1]).toBeLessThan(calm[1]!);
    expect(stick[0]).toBeLessThan(calm[0]!);
    expect(stick[1]).toBeGreaterThan(calm[1]!);
    expect(loss[2]).toBeLessThan(calm[2]!);
  });

  it('search the best constant set-point by what it is asked for', () => {
    const mostMetres = bestConstant({ maxSteps: 30 }, seeds.slice(0, 5), (wells) => wells.reduce((sum, well) => sum + well.drilledM, 0)); // prettier-ignore
    const fewest = bestConstant({ maxSteps: 30 }, seeds.slice(0, 5), (wells) => -wells.reduce((sum, well) => sum + well.drilledM, 0)); // prettier-ignore
    expect(mostMetres.score).toBeGreaterThan(2 * -fewest.score);
    expect(mostMetres.weight).toBeGreaterThan(fewest.weight);
  });
});

describe('recordRun()', () => {
  it('shows every step, and comes to the same end as an unrecorded run', () => {
    const rule = constantRule({ weight: 90, speed: 110, flow: 2000 });
    const { result, channels, lithology } = recordRun(options, seeds[0]!, rule);
    expect(result).toEqual(runWells(options, [seeds[0]!], rule.start(1))[0]);
    const { wear, depth } = channels;
    expect(wear).toHaveLength(lithology.length);
    expect(result.hours).toBeCloseTo(lithology.length / 12, 9);
    expect(depth!.at(-1)! - depth![0]!).toBeCloseTo(result.drilledM, -1);
  });
});
