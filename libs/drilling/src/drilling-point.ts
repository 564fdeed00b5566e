import { wearFlat } from './bit-wear.js';
import type { SetPoints } from './crew.js';
import { dragBit, type BitResponse } from './drag-bit.js';
import type { Layer } from './formation.js';
import { cuttingsLoad, founderDepth } from './hole-cleaning.js';
import { standpipePressure, type Conduit } from './hydraulics.js';
import { bitRadiusM, holeAreaM2, type BitBuild, type RigBuild } from './rig.js';
import { stringTorque } from './string-torque.js';
import { bitVibration } from './vibration.js';

/** Everything that decides what the sensors would show at one moment, were they perfect. */
export interface DrillingMoment {
  readonly bit: BitBuild;
  readonly rig: RigBuild;
  readonly layer: Layer;
  readonly setPoints: SetPoints;
  readonly depthM: number;
  readonly wear: number;
}

/** True values at one moment, or their means over an interval. SI units, vibration in g. */
export interface DrillingPoint extends SetPoints {
  readonly penetrationRate: number;
  readonly surfaceTorqueNm: number;
  readonly standpipePressurePa: number;
  readonly axialG: number;
  readonly lateralG: number;
}

// 5 in drill pipe, 19.5 lb/ft, in the 8½ in hole.
const pipeBoreM = 0.1086;
const pipeOuterM = 0.127;
const jointRadiusM = 0.084;
const buoyedWeightPerLength = 260;
const holeFriction = 0.2;

/** Physics of one moment: bit, string, hydraulics, vibration. */
export function drillingPoint(moment: DrillingMoment): DrillingPoint {
  const { setPoints, rig, layer, wear } = moment;
  const response = bitResponse(moment);
  return {
    ...setPoints,
    penetrationRate: response.penetrationRate,
    surfaceTorqueNm: response.torqueNm + torqueLost(moment),
    standpipePressurePa: pressure(moment, response.penetrationRate),
    ...bitVibration({ ...rig, rotationHz: setPoints.rotationHz, strengthPa: layer.strengthPa, wear }),
  };
}

function bitResponse({ bit, layer, setPoints, wear }: DrillingMoment): BitResponse {
  const dragBitNow = {
    radiusM: bitRadiusM,
    forceRatio: bit.forceRatio,
    geometryFactor: 1,
    wearFlatM: wearFlat(wear),
  };
  return dragBit(dragBitNow, layer, { ...setPoints, founderDepthM: founderDepth({ ...setPoints, holeAreaM2 }) });
}

function torqueLost({ rig, depthM }: DrillingMoment): number {
  return stringTorque({
    lengthM: depthM,
    weightPerLength: buoyedWeightPerLength,
    inclinationRad: rig.inclinationRad,
    jointRadiusM,
    frictionCoefficient: holeFriction,
  });
}

function pressure({ rig, setPoints, depthM }: DrillingMoment, penetrationRate: number): number {
  const { mud, nozzleAreaM2 } = rig;
  const { flow } = setPoints;
  return standpipePressure({
    mud,
    flow,
    nozzleAreaM2,
    pipe: pipeBore(depthM),
    annulus: annulus(depthM),
    cuttingsLoadKgM3: cuttingsLoad({ penetrationRate, holeAreaM2, flow, mudDensityKgM3: mud.densityKgM3 }),
    verticalDepthM: depthM * Math.cos(rig.inclinationRad),
  });
}

function pipeBore(lengthM: number): Conduit {
  return { lengthM, hydraulicDiameterM: pipeBoreM, areaM2: (Math.PI / 4) * pipeBoreM ** 2 };
}

function annulus(lengthM: number): Conduit {
  const areaM2 = holeAreaM2 - (Math.PI / 4) * pipeOuterM ** 2;
  return { lengthM, hydraulicDiameterM: 2 * bitRadiusM - pipeOuterM, areaM2 };
}
