import type { Rng } from '@i-drill/core';
import type { Mud } from './hydraulics.js';
import { logNormalFactor, uniform } from './random-draws.js';

/** An 8½ in bit in its hole. */
export const bitRadiusM = 0.107_95;
/** Area of the hole it drills. */
export const holeAreaM2: number = Math.PI * bitRadiusM ** 2;

/** One bit as it leaves the shop: two of the same type are never quite alike. */
export interface BitBuild {
  /** ζ of the drag-bit law. */
  readonly forceRatio: number;
  /** Weight times sliding distance that wears it out in a rock of abrasiveness 1, N·m. */
  readonly wearCapacityNm: number;
}

/** The rig and the hole a run starts with. */
export interface RigBuild {
  readonly startDepthM: number;
  readonly inclinationRad: number;
  readonly mud: Mud;
  readonly nozzleAreaM2: number;
  readonly lateralCriticalHz: number;
  readonly axialCriticalHz: number;
}

const medianWearCapacityNm = 1.05e10;

/** Draws a bit. Its wear capacity has the log-normal spread 0.2 of bit quality. */
export function drawBit(rng: Rng): BitBuild {
  return {
    forceRatio: uniform([0.55, 0.7], rng),
    wearCapacityNm: medianWearCapacityNm * logNormalFactor(0.2, rng),
  };
}

/** Draws a rig, its mud and the well it stands over. */
export function drawRig(rng: Rng): RigBuild {
  return {
    startDepthM: uniform([1200, 2400], rng),
    inclinationRad: (uniform([3, 18], rng) * Math.PI) / 180,
    mud: { densityKgM3: uniform([1100, 1300], rng), viscosityPaS: uniform([0.012, 0.025], rng) },
    nozzleAreaM2: uniform([5e-4, 7.5e-4], rng),
    lateralCriticalHz: uniform([2.4, 3], rng),
    axialCriticalHz: uniform([0.9, 1.6], rng),
  };
}
