/** Mud as a Newtonian fluid of effective viscosity: the simplification of this first version. */
export interface Mud {
  readonly densityKgM3: number;
  readonly viscosityPaS: number;
}

/** A straight conduit of one cross-section: the inside of the pipe, or the annulus around it. */
export interface Conduit {
  readonly lengthM: number;
  /** Inner diameter; for an annulus the difference of its two diameters. */
  readonly hydraulicDiameterM: number;
  readonly areaM2: number;
}

/** The circulating path and what flows through it, for {@link standpipePressure}. */
export interface Circulation {
  readonly mud: Mud;
  /** m³/s. */
  readonly flow: number;
  readonly pipe: Conduit;
  readonly annulus: Conduit;
  readonly nozzleAreaM2: number;
  /** Density of the returns less that of the mud: cuttings in the annulus. */
  readonly cuttingsLoadKgM3: number;
  /** True vertical depth, for the weight of the cuttings. */
  readonly verticalDepthM: number;
}

const dischargeCoefficient = 0.95;
const gravity = 9.806_65;

/**
 * Loss along a conduit (Darcy–Weisbach): Δp = f·(L / D)·ρ·v² / 2. The friction factor is the larger of the laminar one,
 * 64 / Re, and that of a smooth pipe, 0.3164 / Re^¼ (Blasius 1913). Turbulence therefore sets in at Re ≈ 1187 without a
 * jump; a real transition is later and not smooth.
 *
 * @returns Pa
 *
 * @example
 * ```ts
 * import { frictionLoss } from '@i-drill/drilling';
 * // v = 2 m/s, Re = 10 000, f = 0.03164
 * const conduit = { lengthM: 100, hydraulicDiameterM: 0.1, areaM2: 0.01 };
 * Math.round(frictionLoss(conduit, { densityKgM3: 1000, viscosityPaS: 0.02 }, 0.02)); // => 63280
 * ```
 */
export function frictionLoss(conduit: Conduit, mud: Mud, flow: number): number {
  if (flow === 0) return 0;
  const velocity = flow / conduit.areaM2;
  const reynolds = (mud.densityKgM3 * velocity * conduit.hydraulicDiameterM) / mud.viscosityPaS;
  const frictionFactor = Math.max(64 / reynolds, 0.3164 / reynolds ** 0.25);
  return (frictionFactor * conduit.lengthM * mud.densityKgM3 * velocity ** 2) / (2 * conduit.hydraulicDiameterM);
}

/**
 * Drop over the bit nozzles: Δp = ρ·Q² / (2·C_d²·A²) with C_d = 0.95 (Bourgoyne, Millheim, Chenevert & Young 1986,
 * "Applied Drilling Engineering", SPE, §4.5).
 *
 * @returns Pa
 *
 * @example
 * ```ts
 * import { nozzleDrop } from '@i-drill/drilling';
 * Math.round(nozzleDrop(0.95e-3, 1200, 0.03)); // => 662978
 * ```
 */
export function nozzleDrop(nozzleAreaM2: number, densityKgM3: number, flow: number): number {
  return (densityKgM3 * flow ** 2) / (2 * (dischargeCoefficient * nozzleAreaM2) ** 2);
}

/**
 * Pressure at the standpipe: friction down the pipe, the nozzles, friction up the annulus, and the weight of the cuttings
 * that make the returns heavier than the mud going in (U-tube).
 *
 * @returns Pa
 *
 * @example
 * ```ts
 * import { standpipePressure } from '@i-drill/drilling';
 * const none = { lengthM: 0, hydraulicDiameterM: 0.1, areaM2: 0.01 };
 * const still = { mud: { densityKgM3: 1200, viscosityPaS: 0.02 }, flow: 0, pipe: none, annulus: none };
 * const cuttings = { cuttingsLoadKgM3: 20, verticalDepthM: 1000 };
 * Math.round(standpipePressure({ ...still, ...cuttings, nozzleAreaM2: 1e-3 })); // => 196133
 * ```
 */
export function standpipePressure(circulation: Circulation): number {
  const { mud, flow, pipe, annulus, nozzleAreaM2, cuttingsLoadKgM3, verticalDepthM } = circulation;
  return (
    frictionLoss(pipe, mud, flow) +
    nozzleDrop(nozzleAreaM2, mud.densityKgM3, flow) +
    frictionLoss(annulus, mud, flow) +
    cuttingsLoadKgM3 * gravity * verticalDepthM
  );
}
