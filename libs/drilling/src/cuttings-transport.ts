const gravity = 9.806_65;
/** Of particles in fully turbulent slip (Moore 1974; Bourgoyne et al. 1986, §4.14). */
const dragCoefficient = 1.5;

/** A particle in a mud at rest. */
export interface SlippingParticle {
  readonly diameterM: number;
  readonly densityKgM3: number;
  readonly mudDensityKgM3: number;
}

/**
 * How fast cuttings sink in turbulent slip: weight against drag (Moore 1974, "Drilling Practices Manual"; Bourgoyne et al.
 * 1986, §4.14):
 *
 *   v = √(4/3·g·d·(ρ_s − ρ) / (1.5·ρ))
 *
 * Field form: 1.54·√(d·(ρ_s − ρ) / ρ) with d in inches and v in ft/s.
 *
 * @returns m/s
 *
 * @example
 * ```ts
 * import { slipVelocity } from '@i-drill/drilling';
 * slipVelocity({ diameterM: 0.0254, densityKgM3: 2400, mudDensityKgM3: 1200 }).toFixed(3); // => '0.471'
 * ```
 */
export function slipVelocity({ diameterM, densityKgM3, mudDensityKgM3 }: SlippingParticle): number {
  const excess = Math.max(0, densityKgM3 - mudDensityKgM3) / mudDensityKgM3;
  return Math.sqrt(((4 / 3) * gravity * diameterM * excess) / dragCoefficient);
}

/** What an annulus is asked to carry. */
export interface AnnularTransport {
  /** Rock drilled, m³/s. */
  readonly rockFlow: number;
  /** Mud, m³/s. */
  readonly flow: number;
  readonly annulusAreaM2: number;
  readonly slipVelocity: number;
}

/**
 * Share of cuttings in an annulus once it no longer changes: what comes in goes out with the transport ratio
 * F = 1 − v_slip / v_annulus (Sifferman et al. 1974, J. Pet. Technol. 26(11)),
 *
 *   c = q / (q + F·Q)
 *
 * Where the mud is slower than the cuttings sink, nothing leaves and the share is 1.
 *
 * @example
 * ```ts
 * import { steadyCuttings } from '@i-drill/drilling';
 * steadyCuttings({ rockFlow: 0.001, flow: 0.04, annulusAreaM2: 0.02, slipVelocity: 1 }); // => 0.047619047619047616
 * ```
 */
export function steadyCuttings({ rockFlow, flow, annulusAreaM2, slipVelocity: slip }: AnnularTransport): number {
  if (rockFlow <= 0) return 0;
  const carried = Math.max(0, flow - slip * annulusAreaM2); // F·Q
  return rockFlow / (rockFlow + carried);
}
