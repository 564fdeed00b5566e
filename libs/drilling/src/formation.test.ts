import { createRng, mean } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import type { FormationPreset } from './bit-run.js';
import { drawColumn, layerAt, type Layer } from './formation.js';

const unchanged = { strength: 1, abrasiveness: 1, friction: 1 };

function columns(preset: FormationPreset): Layer[] {
  return Array.from({ length: 40 }, (_, seed) => drawColumn(preset, 1500, unchanged, createRng(seed))).flat();
}

describe('drawColumn()', () => {
  it('reaches 6000 m below its top with layers in order and strengths in MPa of rock', () => {
    const column = drawColumn('mixed', 1500, unchanged, createRng(1));
    expect(column.at(-1)!.bottomM).toBeGreaterThanOrEqual(7500);
    column.slice(1).forEach((layer, i) => {
      expect(layer.bottomM).toBeGreaterThan(column[i]!.bottomM);
    });
    for (const layer of column) {
      expect(layer.strengthPa).toBeGreaterThanOrEqual(120e6);
      expect(layer.strengthPa).toBeLessThanOrEqual(380e6);
    }
  });

  it('is stronger and more abrasive from soft to mixed to hard', () => {
    const [soft, mixed, hard] = (['soft', 'mixed', 'hard'] as const).map(columns);
    for (const key of ['strengthPa', 'abrasiveness'] as const) {
      const average = (layers: readonly Layer[]): number => mean(layers.map((layer) => layer[key]));
      expect(average(mixed!)).toBeGreaterThan(1.1 * average(soft!));
      expect(average(hard!)).toBeGreaterThan(1.1 * average(mixed!));
    }
  });

  it('keeps the layers and multiplies their properties under a shift', () => {
    const factors = { strength: 1.25, abrasiveness: 1.5, friction: 1.2 };
    const plain = drawColumn('mixed', 1500, unchanged, createRng(1));
    const shifted = drawColumn('mixed', 1500, factors, createRng(1));
    expect(shifted.map((l) => l.bottomM)).toEqual(plain.map((l) => l.bottomM));
    expect(shifted[3]!.strengthPa / plain[3]!.strengthPa).toBeCloseTo(1.25, 12);
    expect(shifted[3]!.abrasiveness / plain[3]!.abrasiveness).toBeCloseTo(1.5, 12);
    expect(shifted[3]!.frictionCoefficient / plain[3]!.frictionCoefficient).toBeCloseTo(1.2, 12);
  });
});

describe('layerAt()', () => {
  const layer = (bottomM: number): Layer => ({ bottomM, strengthPa: 1, abrasiveness: 1, frictionCoefficient: 1 });
  const column = [layer(100), layer(200)];

  it('gives the layer below at a boundary and the last one below the column', () => {
    expect([99, 100, 199, 200, 900].map((depth) => layerAt(column, depth).bottomM)).toEqual([100, 200, 200, 200, 200]);
  });
});
