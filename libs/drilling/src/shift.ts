import type { BitRunShift } from './bit-run.js';
import type { FormationFactors } from './formation.js';

/** What a shift does to the world and to the sensors. */
export interface ShiftEffect {
  readonly formation: FormationFactors;
  /** Torque shown over torque there is. */
  readonly torqueSensorGain: number;
}

const sameRock: FormationFactors = { strength: 1, abrasiveness: 1, friction: 1 };

const effects: Readonly<Record<BitRunShift, ShiftEffect>> = {
  none: { formation: sameRock, torqueSensorGain: 1 },
  'abrasive-formation': { formation: { strength: 1.25, abrasiveness: 1.5, friction: 1.2 }, torqueSensorGain: 1 },
  'torque-sensor-bias': { formation: sameRock, torqueSensorGain: 1.3 },
};

/** The effect of a named shift. */
export function shiftEffect(shift: BitRunShift): ShiftEffect {
  return effects[shift];
}
