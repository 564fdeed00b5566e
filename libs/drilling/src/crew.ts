import type { Rng } from '@i-drill/core';
import { normal } from '@i-drill/numerics';
import type { FormationPreset } from './bit-run.js';
import { clamp, logNormalFactor, type Range } from './random-draws.js';

/** What the crew sets for one stand of pipe, or for two hours on a slow one. */
export interface SetPoints {
  readonly weightN: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
  /** m³/s. */
  readonly flow: number;
}

/** Chooses set-points, stand after stand. */
export interface Crew {
  /** @param lastPenetrationRate mean over the stand just drilled, m/s; undefined for the first stand */
  nextStand(lastPenetrationRate: number | undefined): SetPoints;
}

interface Plan {
  readonly weightN: number;
  /** Metres per second. */
  readonly penetrationRate: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
}

const plans: Readonly<Record<FormationPreset, Plan>> = {
  soft: { weightN: 70e3, penetrationRate: 30 / 3600, rotationHz: 2 },
  mixed: { weightN: 78e3, penetrationRate: 24 / 3600, rotationHz: 2 },
  hard: { weightN: 85e3, penetrationRate: 18 / 3600, rotationHz: 2 },
};

const plannedFlow = 2000 / 60_000;
const memory = 0.7;

/** One crew is bold, the next careful: its weight and pace go together, its rotation is its own. */
const styleSpread = { weight: 0.18, rotation: 0.14 } as const;
/** How far the crew leans on the bit or eases off, over the planned weight. */
const leanLimits: Range = [0.75, 1.6];

/**
 * A crew that keeps near its plan, wanders from stand to stand (first-order autoregression, memory 0.7), and leans on the
 * bit while it drills slower than planned: after each stand the lean is multiplied by (planned / last rate)^0.3. This is
 * what hides wear from the rate of penetration, shows it in weight and torque, and wears a dull bit faster still.
 */
export function createCrew(preset: FormationPreset, rng: Rng): Crew {
  const plan = drawPlan(plans[preset], rng);
  let lean = 1;
  const mood = { weight: normal(rng), rotation: normal(rng), flow: normal(rng) };
  return {
    nextStand(lastPenetrationRate: number | undefined): SetPoints {
      mood.weight = wander(mood.weight, rng);
      mood.rotation = wander(mood.rotation, rng);
      mood.flow = wander(mood.flow, rng);
      lean = leanAfter(lean, plan.penetrationRate, lastPenetrationRate);
      return {
        weightN: clamp(plan.weightN * lean * Math.exp(0.1 * mood.weight), [30e3, 160e3]),
        rotationHz: clamp(plan.rotationHz * Math.exp(0.07 * mood.rotation), [1.2, 3]),
        flow: clamp(plannedFlow * Math.exp(0.05 * mood.flow), [0.025, 0.045]),
      };
    },
  };
}

function drawPlan(usual: Plan, rng: Rng): Plan {
  const boldness = logNormalFactor(styleSpread.weight, rng);
  return {
    weightN: usual.weightN * boldness,
    penetrationRate: usual.penetrationRate * boldness,
    rotationHz: usual.rotationHz * logNormalFactor(styleSpread.rotation, rng),
  };
}

function wander(value: number, rng: Rng): number {
  return memory * value + Math.sqrt(1 - memory ** 2) * normal(rng);
}

function leanAfter(lean: number, planned: number, last: number | undefined): number {
  return last === undefined ? lean : clamp(lean * (planned / last) ** 0.3, leanLimits);
}
