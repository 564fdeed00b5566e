import { constantRule, recordRun } from '@i-drill/drilling';
import { describe, expect, it } from 'vitest';
import { curvesSvg } from './curves-svg.js';
import { runLines, runSvg } from './run-plot.js';

const run = recordRun({ preset: 'hard', maxSteps: 4000 }, 1, constantRule({ weight: 100, speed: 110, flow: 2000 }));

describe('a plotted run', () => {
  it('has a strip per channel with its range, and the rock below', () => {
    const lines = runLines(run);
    expect(lines).toHaveLength(9);
    expect(lines.find((line) => line.startsWith('wear'))).toMatch(/█ .* to 1 1$/);
    expect(lines.at(-1)).toMatch(/^rock/);
  });

  it('is an SVG without NaN', () => {
    const svg = runSvg(run, 'a run');
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('weight_on_bit');
  });
});

describe('curvesSvg()', () => {
  it('draws curves of one point, and of equal values, and escapes words', () => {
    const curves = [{ label: 'a < b', points: [{ x: 1, y: 2 }] }];
    const svg = curvesSvg({ title: 'R & D', xLabel: 'x', yLabel: 'y', curves, level: { y: 2, label: 'goal' } });
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('a &lt; b');
    expect(svg).toContain('R &amp; D');
  });
});
