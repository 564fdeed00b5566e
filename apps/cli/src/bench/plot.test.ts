import { describe, expect, it } from 'vitest';
import { scatterSvg } from './plot.js';

const axes = { xLabel: 'true', yLabel: 'predicted', maximum: 100, ticks: [0, 50, 100] };

describe('scatterSvg()', () => {
  it('puts (0, 0) at the bottom left, the maximum at the top right, and an interval through its point', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 100, from: 50, to: 100 },
    ];
    const svg = scatterSvg({ ...axes, panels: [{ title: 'one', points }] });
    expect(svg).toContain('<circle cx="0" cy="260"');
    expect(svg).toContain('<circle cx="260" cy="0"');
    expect(svg.match(/<path d="M260 130V0"/g)).toHaveLength(1);
    expect(svg.match(/<circle/g)).toHaveLength(2);
  });

  it('sets panels side by side', () => {
    const svg = scatterSvg({ ...axes, panels: [{ title: 'one', points: [] }, { title: 'two', points: [] }] }); // prettier-ignore
    expect(svg).toContain('width="640"');
    expect(svg).toContain('translate(46 28)');
    expect(svg).toContain('translate(366 28)');
  });

  it('shows a title as it is written', () => {
    expect(scatterSvg({ ...axes, panels: [{ title: 'a < b & c', points: [] }] })).toContain('a &lt; b &amp; c');
  });
});
