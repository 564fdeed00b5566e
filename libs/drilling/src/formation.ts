import type { Rng } from '@i-drill/core';
import type { FormationPreset } from './bit-run.js';
import { uniform, type Range } from './random-draws.js';

/** One bed of a formation column. */
export interface Layer {
  readonly bottomM: number;
  readonly strengthPa: number;
  /** Wear per weight and sliding distance, relative to a rock of abrasiveness 1. */
  readonly abrasiveness: number;
  readonly frictionCoefficient: number;
}

/** Factors on every layer. */
export interface FormationFactors {
  readonly strength: number;
  readonly abrasiveness: number;
  readonly friction: number;
}

interface Lithology {
  /** Strength at bottom-hole pressure, several times that of a dry core. */
  readonly strengthMpa: Range;
  readonly abrasiveness: Range;
  readonly frictionCoefficient: Range;
}

/** Bounds set for this model: shale soft and mild, limestone between, sandstone strong and abrasive. */
const lithologies = {
  shale: { strengthMpa: [120, 200], abrasiveness: [0.55, 0.85], frictionCoefficient: [0.3, 0.45] },
  limestone: { strengthMpa: [200, 300], abrasiveness: [0.75, 1.1], frictionCoefficient: [0.45, 0.6] },
  sandstone: { strengthMpa: [220, 380], abrasiveness: [1.1, 1.9], frictionCoefficient: [0.6, 0.8] },
} as const satisfies Record<string, Lithology>;

interface ColumnPreset {
  /** Chance of shale, then of shale or limestone; the rest is sandstone. */
  readonly cumulativeShares: readonly [shale: number, limestone: number];
  readonly thicknessM: Range;
}

const columnPresets: Readonly<Record<FormationPreset, ColumnPreset>> = {
  soft: { cumulativeShares: [0.7, 0.9], thicknessM: [40, 200] },
  mixed: { cumulativeShares: [0.4, 0.75], thicknessM: [30, 160] },
  hard: { cumulativeShares: [0.15, 0.5], thicknessM: [30, 120] },
};

const columnThicknessM = 6000;

/** A column of layers below `topM`, top down, at least 6000 m thick: more than any bit drills. */
export function drawColumn(
  preset: FormationPreset,
  topM: number,
  factors: FormationFactors,
  rng: Rng,
): readonly Layer[] {
  const layers: Layer[] = [];
  for (let bottomM = topM; bottomM < topM + columnThicknessM;) {
    const layer = drawLayer(columnPresets[preset], bottomM, factors, rng);
    layers.push(layer);
    bottomM = layer.bottomM;
  }
  return layers;
}

/** The layer at a depth; below the column, its last. */
export function layerAt(column: readonly Layer[], depthM: number): Layer {
  return column.find((layer) => depthM < layer.bottomM) ?? column[column.length - 1]!;
}

function drawLayer(preset: ColumnPreset, topM: number, factors: FormationFactors, rng: Rng): Layer {
  const lithology = drawLithology(preset, rng);
  return {
    bottomM: topM + uniform(preset.thicknessM, rng),
    strengthPa: uniform(lithology.strengthMpa, rng) * 1e6 * factors.strength,
    abrasiveness: uniform(lithology.abrasiveness, rng) * factors.abrasiveness,
    frictionCoefficient: uniform(lithology.frictionCoefficient, rng) * factors.friction,
  };
}

function drawLithology({ cumulativeShares: [shale, limestone] }: ColumnPreset, rng: Rng): Lithology {
  const draw = rng.next();
  if (draw < shale) return lithologies.shale;
  return draw < limestone ? lithologies.limestone : lithologies.sandstone;
}
