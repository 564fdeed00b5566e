import { slipVelocity, steadyCuttings } from '../cuttings-transport.js';
import { nozzleDrop } from '../hydraulics.js';
import { annulusChannel, frictionGradient, pipeChannel, type DrillingMud } from '../mud-flow.js';
import { bitRadiusM, holeAreaM2 } from '../rig.js';
import { drillPipe } from './string-geometry.js';
import { slot } from './well-state.js';

const gravity = 9.806_65;
const rockDensityKgM3 = 2600;
const cuttingsDiameterM = 0.005;

const bore = pipeChannel(drillPipe.innerM);
const annulus = annulusChannel(2 * bitRadiusM, drillPipe.outerM);

/** Pressures of the mud on its way. */
export interface WellPressures {
  standpipePa: number;
  /** Equivalent circulating density at the bit, kg/m³. */
  circulatingDensity: number;
}

/** The same object every time. */
const pressures: WellPressures = { standpipePa: 0, circulatingDensity: 0 };

/**
 * Lets the share of cuttings in the annulus go towards the one it would keep, with the time it takes to fill the annulus once:
 *
 *   c ← c* + (c − c*)·e^(−Q·Δt / V)
 */
export function carryCuttings(
  state: Float64Array,
  at: number,
  penetrationRate: number,
  { flow, seconds }: Carrying,
): void {
  const slip = slipVelocity({
    diameterM: cuttingsDiameterM,
    densityKgM3: rockDensityKgM3,
    mudDensityKgM3: state[at + slot.mudDensity]!,
  });
  const rockFlow = penetrationRate * holeAreaM2;
  const steady = steadyCuttings({ rockFlow, flow, annulusAreaM2: annulus.areaM2, slipVelocity: slip });
  const volume = annulus.areaM2 * state[at + slot.depthM]!;
  const kept = Math.exp((-(flow + rockFlow) * seconds) / volume);
  state[at + slot.cuttingsShare] = steady + (state[at + slot.cuttingsShare]! - steady) * kept;
}

/** How long mud flows. */
export interface Carrying {
  readonly flow: number;
  readonly seconds: number;
}

/**
 * Pressure at the standpipe, and the density of a column at rest that would press as much on the bottom as mud, friction and
 * cuttings do:
 *
 *   ECD = ρ + c·(ρ_rock − ρ) + (friction per length)·L / (g·depth)
 */
export function pressuresOf(state: Float64Array, at: number, flow: number): Readonly<WellPressures> {
  const densityKgM3 = state[at + slot.mudDensity]!;
  const mud: DrillingMud = {
    densityKgM3,
    rheology: {
      type: 'bingham',
      plasticViscosityPaS: state[at + slot.plasticViscosity]!,
      yieldPointPa: state[at + slot.yieldPoint]!,
    },
  };
  const lengthM = state[at + slot.depthM]!;
  const verticalM = lengthM * state[at + slot.cosine]!;
  const around = frictionGradient(mud, annulus, flow) * lengthM;
  const load = state[at + slot.cuttingsShare]! * (rockDensityKgM3 - densityKgM3);
  pressures.circulatingDensity = densityKgM3 + load + around / (gravity * verticalM);
  pressures.standpipePa =
    flow <= 0
      ? 0
      : frictionGradient(mud, bore, flow) * lengthM +
        nozzleDrop(state[at + slot.nozzleArea]!, densityKgM3, flow) +
        around +
        load * gravity * verticalM;
  return pressures;
}
