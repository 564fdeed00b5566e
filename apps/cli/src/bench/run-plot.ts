import type { RecordedRun } from '@i-drill/drilling';
import { curvesSvg } from './curves-svg.js';

/** Channels that are plotted, with their units. */
const plotted: readonly (readonly [name: string, unit: string])[] = [
  ['weight_on_bit', 'kN'],
  ['rotary_speed', 'rpm'],
  ['rate_of_penetration', 'm/h'],
  ['surface_torque', 'kN.m'],
  ['lateral_vibration', 'g'],
  ['mechanical_specific_energy', 'MPa'],
  ['bit_depth', 'm'],
  ['wear', '1'],
];
const columns = 60;
const bars = ' ▁▂▃▄▅▆▇█';

/** The run as lines for a terminal: a strip per channel, left the first step, right the last. */
export function runLines({ channels, lithology }: RecordedRun): string[] {
  const strips = plotted.map(([name, unit]) => {
    const values = channels[name]!;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const strip = binned(values).map(
      (value) => bars[Math.round(((value - low) / (high - low || 1)) * (bars.length - 1))]!,
    );
    return `${name.padEnd(27)} ${strip.join('')} ${short(low)} to ${short(high)} ${unit}`;
  });
  const rock = binned(lithology.map((_, i) => i)).map((step) => lithology[Math.floor(step)]![0]!);
  return [...strips, `${'rock (first letter)'.padEnd(27)} ${rock.join('')}`];
}

/** The same as a figure: each channel over its greatest value. */
export function runSvg({ channels, result }: RecordedRun, title: string): string {
  const stepHours = result.hours / (channels['wear']?.length ?? 1);
  return curvesSvg({
    title: `${title}: ${result.drilledM.toFixed(0)} m, ended by ${result.end}`,
    xLabel: 'hours',
    yLabel: 'share of the greatest value',
    curves: plotted.map(([name, unit]) => {
      const values = channels[name]!;
      const greatest = Math.max(...values.map(Math.abs)) || 1;
      const points = values.map((value, step) => ({ x: (step + 1) * stepHours, y: value / greatest }));
      return { label: `${name} / ${short(greatest)} ${unit}`, points };
    }),
  });
}

/** Means of as many pieces as there are columns; fewer where there are fewer steps. */
function binned(values: readonly number[]): number[] {
  const count = Math.min(columns, values.length);
  return Array.from({ length: count }, (_, bin) => {
    const piece = values.slice(
      Math.floor((bin * values.length) / count),
      Math.floor(((bin + 1) * values.length) / count),
    );
    return piece.reduce((sum, value) => sum + value, 0) / piece.length;
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
