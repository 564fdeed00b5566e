/** What a roller-cone bit drills under, SI units. */
export interface RollerConeLoad {
  readonly weightN: number;
  readonly bitDiameterM: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
  readonly depthM: number;
  /** Of the formation, as the density of a column that holds it, kg/m³. */
  readonly poreGradient: number;
  /** Equivalent circulating density, kg/m³. */
  readonly circulatingDensity: number;
  /** Share of the teeth that is gone. */
  readonly toothWear: number;
  /** Force of the jets on the bottom. */
  readonly jetForceN: number;
}

/** Exponents a₂ to a₈ of the model; found for a field by regression. */
export interface RollerConeExponents {
  readonly depth: number;
  readonly compaction: number;
  readonly overbalance: number;
  readonly weight: number;
  readonly rotation: number;
  readonly toothWear: number;
  readonly jets: number;
}

/** Sizes within the bounds the authors give for them; settings of this model. */
export const rollerConeExponents: RollerConeExponents = {
  depth: 0.00007,
  compaction: 0.000007,
  overbalance: 0.00002,
  weight: 1,
  rotation: 0.6,
  toothWear: 0.6,
  jets: 0.3,
};

const footM = 0.3048;
const inchM = 0.0254;
const poundForceN = 4.448_221_615;
/** Of a pound per US gallon. */
const ppgKgM3 = 119.826_4;
/** Weight per diameter below which teeth do not bite, 1000 lbf/in. */
const thresholdWeight = 0.5;

/**
 * Rate of penetration of a roller-cone bit (Bourgoyne & Young 1974, SPE J. 14(4), "A multiple regression approach to optimal
 * drilling and abnormal pressure detection", in the form of Bourgoyne et al. 1986, §5.7.6):
 *
 *   R = f₁·f₂···f₈          D in ft, gradients in lbm/gal, W/d in 1000 lbf/in, N in rev/min, F_j in lbf
 *   f₂ = e^(2.303·a₂·(10 000 − D))            f₃ = e^(2.303·a₃·D^0.69·(g_p − 9))      f₄ = e^(2.303·a₄·D·(g_p − ρ_c))
 *   f₅ = ((W/d − (W/d)_t) / (4 − (W/d)_t))^a₅   f₆ = (N / 60)^a₆     f₇ = e^(−a₇·h)    f₈ = (F_j / 1000)^a₈
 *
 * @param drillability f₁: the rate under normal conditions, at which all other factors are 1, m/s
 * @returns m/s; 0 below the threshold weight of 500 lbf/in
 *
 * @example
 * ```ts
 * import { rollerConeRate } from '@i-drill/drilling';
 * const normal = {
 *   weightN: 4000 * 4.448221615 * 10, bitDiameterM: 0.254, rotationHz: 1, depthM: 3048, poreGradient: 9 * 119.8264,
 *   circulatingDensity: 9 * 119.8264, toothWear: 0, jetForceN: 4448.221615,
 * };
 * rollerConeRate(0.005, normal).toFixed(6); // => '0.005000'
 * ```
 */
export function rollerConeRate(
  drillability: number,
  load: RollerConeLoad,
  exponents: RollerConeExponents = rollerConeExponents,
): number {
  const weight = load.weightN / poundForceN / 1000 / (load.bitDiameterM / inchM);
  if (weight <= thresholdWeight || load.rotationHz <= 0) return 0;
  const depth = load.depthM / footM;
  const pore = load.poreGradient / ppgKgM3;
  const tens =
    exponents.depth * (10_000 - depth) +
    exponents.compaction * depth ** 0.69 * (pore - 9) +
    exponents.overbalance * depth * (pore - load.circulatingDensity / ppgKgM3);
  return (
    drillability *
    Math.exp(2.303 * tens - exponents.toothWear * load.toothWear) *
    ((weight - thresholdWeight) / (4 - thresholdWeight)) ** exponents.weight *
    load.rotationHz ** exponents.rotation * // N in units of 60 rev/min
    (load.jetForceN / poundForceN / 1000) ** exponents.jets
  );
}

/** Of a roller-cone bit, as Pessier and Fear report it. */
const slidingFriction = 0.25;

/**
 * Torque of a roller-cone bit from its coefficient of sliding friction μ = 0.25: T = μ·W·d / 3 (Pessier & Fear 1992, SPE 24584).
 *
 * @returns N·m
 */
export function rollerConeTorque(weightN: number, bitDiameterM: number): number {
  return (slidingFriction * weightN * bitDiameterM) / 3;
}
