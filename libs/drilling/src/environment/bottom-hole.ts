import { dragBit, type DragBit } from '../drag-bit.js';
import { wearFlat, wearRate } from '../bit-wear.js';
import { founderDepth } from '../hole-cleaning.js';
import { bitRadiusM, holeAreaM2 } from '../rig.js';
import { rollerConeRate, rollerConeTorque } from '../roller-cone.js';
import type { DrillingSettings } from './drilling-options.js';
import { collarLengthM, drillCollar, drillPipe } from './string-geometry.js';
import { stickSlipSeverity, torsionalString } from '../stick-slip.js';
import { slot } from './well-state.js';

/** What is set, SI units. */
export interface SetPoint {
  weightN: number;
  /** Revolutions per second. */
  rotationHz: number;
  /** m³/s. */
  flow: number;
}

/** How bit and string answer. */
export interface BottomHole {
  /** m/s. */
  penetrationRate: number;
  bitTorqueNm: number;
  severity: number;
  axialG: number;
  lateralG: number;
  /** Share of the bit's life used up per second. */
  wearRate: number;
}

const string = torsionalString(drillPipe, drillCollar, collarLengthM);

/** Of whirl and bit bounce, as a share of critical damping; less than in `bitVibration`, so that there is a speed to avoid. */
const damping = 0.12;
/** Friction power at which heat doubles the wear. */
const hotPowerW = 70e3;

/** The same object every time. */
const answer: BottomHole = { penetrationRate: 0, bitTorqueNm: 0, severity: 0, axialG: 0, lateralG: 0, wearRate: 0 };

/**
 * Bit and string under a set-point. Stick-slip takes up to 30 % of the rate; shaking and heat wear (Glowka & Stone 1985, SPE J.
 * 25(2), for heat). The shapes are settings of this model,
 *
 *   R ← R·(1 − 0.3·min(1, max(0, S − 0.6)))
 *   wear ← wear·(1 + 0.25·lateral² + max(0, S − 0.7)² + (μ·W·v / 70 kW)⁴)
 *
 * lateral in g, S the severity, cut at 3, v the mean sliding speed of the bit's face, μ the friction of the rock.
 *
 * @param circulatingDensity of the step before, for a roller-cone bit
 */
export function drillBottomHole(
  { state, at, bit, wear }: BottomHolePlace,
  set: SetPoint,
  circulatingDensity: number,
): Readonly<BottomHole> {
  const { weightN, rotationHz } = set;
  const bed = at + slot.bed;
  if (bit === 'drag') {
    dragBitAnswer(state, at, set, wear);
  } else {
    const depthM = state[at + slot.depthM]! * state[at + slot.cosine]!;
    const [poreGradient, bitDiameterM] = [state[bed + 6]!, 2 * bitRadiusM];
    const jetForceN = jetForce(state, at, set.flow);
    answer.penetrationRate = rollerConeRate(state[bed + 5]!, { weightN, bitDiameterM, rotationHz, depthM, poreGradient, circulatingDensity, toothWear: wear, jetForceN }); // prettier-ignore
    answer.bitTorqueNm = rollerConeTorque(weightN, bitDiameterM);
  }
  const load = { lengthM: state[at + slot.depthM]!, rotationHz, torqueNm: rotationHz > 0 ? answer.bitTorqueNm : 0 };
  answer.severity = stickSlipSeverity(string, load);
  const shake = at + slot.lateralCriticalHz;
  answer.axialG = 0.15 * (state[bed + 2]! / 250e6) * gain(rotationHz / state[shake + 1]!, damping) * (1 + 1.2 * wear);
  if (rotationHz <= 0) answer.axialG = 0;
  const whirl = (rotationHz / 2) * (rotationHz / 2) * gain(rotationHz / state[shake]!, damping);
  answer.lateralG = 0.4 * whirl * (1 + 1.5 * wear);
  answer.penetrationRate *= 1 - 0.3 * Math.min(1, Math.max(0, answer.severity - 0.6));
  const slip = Math.max(0, Math.min(answer.severity, 3) - 0.7);
  const slidingSpeed = 2 * Math.PI * rotationHz * (2 / 3) * bitRadiusM;
  const heat = (state[bed + 4]! * weightN * slidingSpeed) / hotPowerW;
  answer.wearRate =
    wearRate({
      weightN,
      rotationHz,
      bitRadiusM,
      abrasiveness: state[bed + 3]!,
      wearCapacityNm: state[at + slot.wearCapacityNm]!,
    }) *
    (1 + 0.25 * answer.lateralG * answer.lateralG + slip * slip + heat * heat * heat * heat);
  return answer;
}

/** `resonanceGain`, by a root in place of `Math.hypot`, which is the slowest part of a step. */
function gain(ratio: number, dampingRatio: number): number {
  const [off, damped] = [1 - ratio * ratio, 2 * dampingRatio * ratio];
  return 1 / Math.sqrt(off * off + damped * damped);
}

/** Where a bit drills. */
export interface BottomHolePlace {
  readonly state: Float64Array;
  readonly at: number;
  readonly bit: DrillingSettings['bit'];
  /** Of the bit. */
  readonly wear: number;
}

function dragBitAnswer(state: Float64Array, at: number, { weightN, rotationHz, flow }: SetPoint, wear: number): void {
  if (rotationHz <= 0) {
    answer.penetrationRate = 0;
    answer.bitTorqueNm = 0;
    return;
  }
  const bed = at + slot.bed;
  const bit: DragBit = {
    radiusM: bitRadiusM,
    forceRatio: state[at + slot.forceRatio]!,
    geometryFactor: 1,
    wearFlatM: wearFlat(wear),
  };
  const rock = { strengthPa: state[bed + 2]!, frictionCoefficient: state[bed + 4]! };
  const founderDepthM = state[bed + 8]! * founderDepth({ flow, holeAreaM2, rotationHz });
  const response = dragBit(bit, rock, { weightN, rotationHz, founderDepthM });
  answer.penetrationRate = response.penetrationRate;
  answer.bitTorqueNm = response.torqueNm;
}

/** Momentum of the mud through the nozzles: ρ·Q² / A. */
function jetForce(state: Float64Array, at: number, flow: number): number {
  return (state[at + slot.mudDensity]! * flow * flow) / state[at + slot.nozzleArea]!;
}
