import { wearRate } from './bit-wear.js';
import type { Crew, SetPoints } from './crew.js';
import { drillingPoint, type DrillingPoint } from './drilling-point.js';
import { layerAt, type Layer } from './formation.js';
import { bitRadiusM, type BitBuild, type RigBuild } from './rig.js';

/** All that was drawn for a run. */
export interface BitRunWorld {
  readonly bit: BitBuild;
  readonly rig: RigBuild;
  readonly column: readonly Layer[];
  readonly crew: Crew;
}

/** Where a run stands. */
export interface BitRunState {
  readonly depthM: number;
  readonly wear: number;
  readonly setPoints: SetPoints;
  readonly standStartM: number;
  readonly secondsOnStand: number;
}

/** The state after an interval, and what happened in it on average. */
export interface DrilledInterval {
  readonly state: BitRunState;
  readonly mean: DrillingPoint;
}

const standLengthM = 28;
/** On a slow stand the crew does not wait for its end. */
const patienceSeconds = 2 * 3600;
const longestStepMinutes = 5;

/** A new bit on bottom, the first stand set. */
export function startRun({ rig, crew }: BitRunWorld): BitRunState {
  const depthM = rig.startDepthM;
  return { depthM, wear: 0, setPoints: crew.nextStand(undefined), standStartM: depthM, secondsOnStand: 0 };
}

/** Drills for the given minutes, in explicit Euler steps of at most five minutes. Wear stops at 1. */
export function drillInterval(world: BitRunWorld, start: BitRunState, minutes: number): DrilledInterval {
  const steps = Math.ceil(minutes / longestStepMinutes);
  const seconds = (minutes * 60) / steps;
  const points: DrillingPoint[] = [];
  let state = start;
  for (let step = 0; step < steps; step++) {
    const { bit, rig } = world;
    const { setPoints, depthM, wear } = state;
    const layer = layerAt(world.column, depthM);
    const point = drillingPoint({ bit, rig, layer, setPoints, depthM, wear });
    points.push(point);
    state = takeStand(world.crew, {
      ...state,
      depthM: depthM + point.penetrationRate * seconds,
      wear: Math.min(1, wear + wearAt(point, layer, bit) * seconds),
      secondsOnStand: state.secondsOnStand + seconds,
    });
  }
  return { state, mean: meanPoint(points) };
}

function wearAt({ weightN, rotationHz }: SetPoints, { abrasiveness }: Layer, { wearCapacityNm }: BitBuild): number {
  return wearRate({ weightN, rotationHz, bitRadiusM, abrasiveness, wearCapacityNm });
}

/** The crew sets anew when the stand is down or two hours have gone by. Making a connection is not drilling time. */
function takeStand(crew: Crew, state: BitRunState): BitRunState {
  const drilledM = state.depthM - state.standStartM;
  if (drilledM < standLengthM && state.secondsOnStand < patienceSeconds) return state;
  const setPoints = crew.nextStand(drilledM / state.secondsOnStand);
  return { ...state, setPoints, standStartM: state.depthM, secondsOnStand: 0 };
}

function meanPoint(points: readonly DrillingPoint[]): DrillingPoint {
  const average = (pick: (point: DrillingPoint) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  return {
    weightN: average((p) => p.weightN),
    rotationHz: average((p) => p.rotationHz),
    flow: average((p) => p.flow),
    penetrationRate: average((p) => p.penetrationRate),
    surfaceTorqueNm: average((p) => p.surfaceTorqueNm),
    standpipePressurePa: average((p) => p.standpipePressurePa),
    axialG: average((p) => p.axialG),
    lateralG: average((p) => p.lateralG),
  };
}
