import type { WellFigures } from '@i-drill/drilling';
import { describe, expect, it } from 'vitest';
import type { DrillingReport, DrillingResult } from './drilling-bench.js';
import { drillingPage, drillingTable, provenPresets } from './drilling-page.js';

function figures(cost: number, violations: number): WellFigures {
  const figure = (value: number) => ({ value, interval: { low: value - 1, high: value + 1 } });
  const other = figure(0);
  return { costPerM: figure(cost), violations: figure(violations), rateOfPenetration: other, bitRuns: other, events: other, meanReturn: other, conditionalValueAtRisk: other }; // prettier-ignore
}

const rule = (name: string, cost: number, violations: number): DrillingResult => ({ name, figures: figures(cost, violations) }); // prettier-ignore
const agent = (seed: number, cost: number, violations: number): DrillingResult => ({
  name: 'ppo',
  figures: figures(cost, violations),
  training: { seed, seconds: 60, keptAt: 1000, curve: [{ timesteps: 1000, score: 3 }] },
});

function report(...results: readonly DrillingResult[]): DrillingReport {
  return {
    benchmark: 'drilling',
    preset: 'mixed',
    testWells: 10_000,
    shortened: false,
    settings: {},
    revision: 'abc',
    machine: { processor: 'some', cores: 2, node: '20', backend: 'kernels' },
    results,
  };
}

describe('provenPresets()', () => {
  const rules = [rule('random', 900, 200), rule('best constant', 175, 80)];

  it('asks every training for intervals apart from every rule, and no more violations', () => {
    expect(provenPresets([report(...rules, agent(1, 170, 10), agent(2, 171, 9))])).toEqual({ ppo: ['mixed'] });
    expect(provenPresets([report(...rules, agent(1, 170, 10), agent(2, 174, 9))])).toEqual({ ppo: [] });
    expect(provenPresets([report(...rules, agent(1, 170, 81))])).toEqual({ ppo: [] });
  });
});

describe('drillingPage()', () => {
  it('names the set-point of the best constant, and the seed of an agent', () => {
    const constant = { ...rule('best constant', 175, 80), setPoint: { weight: 100, speed: 120, flow: 2000 } };
    const rows = drillingTable(report(constant, agent(2, 170, 10))).rows.map(([name]) => name);
    expect(rows).toEqual(['best constant (100 kN, 120 rpm, 2000 L/min)', 'ppo, seed 2']);
  });

  it('says against which rules an agent stands, training by training', () => {
    const [page, svg] = drillingPage([report(rule('random', 900, 200), agent(1, 170, 10), agent(2, 171, 300))]);
    expect(page!.text).toContain(
      'ppo against random: cheaper with intervals apart in 2 of 2 trainings, no more violations in 1.',
    );
    expect(svg!.name).toBe('drilling-mixed.svg');
  });
});
