import { uniformsAt } from '@i-drill/numerics';
import type { FormationPreset } from '../bit-run.js';
import { drawStream } from './draw-streams.js';

/** Kinds of rock. */
export const lithologyNames = ['shale', 'limestone', 'sandstone', 'dolomite'] as const;

/** One bed of a well's column. */
export interface Bed {
  /** Index in `lithologyNames`. */
  lithology: number;
  bottomM: number;
  /** ε of the drag-bit law. */
  strengthPa: number;
  /** Wear per weight and sliding distance, relative to a rock of abrasiveness 1. */
  abrasiveness: number;
  /** μ of the drag-bit law. */
  frictionCoefficient: number;
  /** Rate of penetration of a roller-cone bit under Bourgoyne and Young's normal conditions, m/s. */
  drillability: number;
  /** Factor on the depth of cut at which the bit founders: sticky rock balls it up early. */
  cleaning: number;
  /** Pressure of the fluid in the rock, as the density of a column that holds it, kg/m³. */
  poreGradient: number;
  /** Pressure at which the rock is split, likewise. */
  fractureGradient: number;
}

type Range = readonly [low: number, high: number];

interface Lithology {
  readonly strengthMpa: Range;
  readonly abrasiveness: Range;
  readonly friction: Range;
  readonly drillabilityMPerH: Range;
  readonly cleaning: Range;
}

/** Bounds set for this model; strength at 1500 m, at bottom-hole pressure. */
const lithologies: readonly Lithology[] = [
  {
    strengthMpa: [60, 140],
    abrasiveness: [0.4, 0.7],
    friction: [0.25, 0.4],
    drillabilityMPerH: [12, 25],
    cleaning: [0.5, 2.5],
  },
  {
    strengthMpa: [160, 260],
    abrasiveness: [0.7, 1.1],
    friction: [0.4, 0.55],
    drillabilityMPerH: [7, 14],
    cleaning: [1.5, 2.5],
  },
  {
    strengthMpa: [160, 320],
    abrasiveness: [1.2, 2.6],
    friction: [0.6, 0.85],
    drillabilityMPerH: [5, 12],
    cleaning: [1.5, 2.5],
  },
  {
    strengthMpa: [280, 420],
    abrasiveness: [0.9, 1.4],
    friction: [0.5, 0.65],
    drillabilityMPerH: [3, 7],
    cleaning: [1.5, 2.5],
  },
];

interface ColumnPreset {
  /** Chances of the lithologies, in their order, summed up. */
  readonly cumulative: readonly [number, number, number];
  readonly thicknessM: Range;
  /** Chance that a bed holds fluid above the pressure the mud was planned for. */
  readonly overpressured: number;
  /** Chance that a bed is fractured and takes mud early. */
  readonly weak: number;
}

const columns: Readonly<Record<FormationPreset, ColumnPreset>> = {
  soft: { cumulative: [0.65, 0.85, 0.97], thicknessM: [40, 160], overpressured: 0.06, weak: 0.06 },
  mixed: { cumulative: [0.4, 0.65, 0.88], thicknessM: [30, 120], overpressured: 0.08, weak: 0.06 },
  hard: { cumulative: [0.15, 0.4, 0.7], thicknessM: [20, 100], overpressured: 0.08, weak: 0.06 },
};

/** Where a bed lies. */
export interface BedPlace {
  readonly seed: number;
  /** Counted from the top of the section, 0 first. */
  readonly index: number;
  readonly topM: number;
  /** The mud the section was planned with. */
  readonly mudDensityKgM3: number;
}

const draws = new Float64Array(9);
const overburdenKgM3 = 2300;

/**
 * The bed at a place: depends on the preset and its place only, so that a column needs no memory. Rock gets stronger with
 * depth, 10 % per 1000 m. The fracture gradient is Eaton's (1969, J. Pet. Technol. 21(10)): pore + K·(overburden − pore), with
 * K the ratio of stresses. A weak bed splits at 60 to 130 kg/m³ above the density of the mud, an overpressured one holds up to
 * 40 kg/m³ more than it.
 */
export function drawBed(preset: FormationPreset, place: BedPlace, bed: Bed): void {
  const column = columns[preset];
  uniformsAt(draws, place.seed, drawStream.beds, place.index);
  const lithology = kindOf(column.cumulative, draws[0]!);
  const rock = lithologies[lithology]!;
  bed.lithology = lithology;
  bed.bottomM = place.topM + within(column.thicknessM, draws[1]!);
  bed.strengthPa = within(rock.strengthMpa, draws[2]!) * 1e6 * (1 + (place.topM - 1500) * 1e-4);
  bed.abrasiveness = within(rock.abrasiveness, draws[3]!);
  bed.frictionCoefficient = within(rock.friction, draws[4]!);
  bed.drillability = within(rock.drillabilityMPerH, draws[2]!, true) / 3600;
  bed.cleaning = within(rock.cleaning, draws[8]!);
  const odd = draws[5]!;
  const isOverpressured = odd < column.overpressured;
  const isWeak = !isOverpressured && odd < column.overpressured + column.weak;
  const { mudDensityKgM3 } = place;
  bed.poreGradient = isOverpressured
    ? mudDensityKgM3 + within([-10, 40], draws[6]!)
    : mudDensityKgM3 - within([40, 140], draws[6]!);
  bed.fractureGradient = isWeak
    ? mudDensityKgM3 + within([60, 130], draws[7]!)
    : bed.poreGradient + within([0.4, 0.7], draws[7]!) * (overburdenKgM3 - bed.poreGradient);
}

function kindOf(cumulative: readonly number[], draw: number): number {
  const kind = cumulative.findIndex((chance) => draw < chance);
  return kind === -1 ? cumulative.length : kind;
}

function within([low, high]: Range, share: number, falling = false): number {
  return low + (high - low) * (falling ? 1 - share : share);
}
