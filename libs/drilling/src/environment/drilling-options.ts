import type { FormationPreset } from '../bit-run.js';
import { defaultCosts, type DrillingCosts } from './drilling-costs.js';
import type { SensorFaults } from './sensor-suite.js';

/** What well is drilled, and how it is seen. */
export interface DrillingOptions {
  /** @default 'mixed' */
  readonly preset?: FormationPreset;
  /** `ideal` shows the truth, `realistic` noise, delay, drift, drop-outs and stuck values. @default 'realistic' */
  readonly sensors?: 'ideal' | 'realistic' | SensorFaults;
  /** `drag` has cutters that do not move (PDC), `roller-cone` teeth that roll. @default 'drag' */
  readonly bit?: 'drag' | 'roller-cone';
  /** Minutes of a step. @default 5 */
  readonly stepMinutes?: number;
  /** Steps after which a run is truncated. @default 600 */
  readonly maxSteps?: number;
  /**
   * `realised`: an event is paid for when it happens. `expected`: its chance is paid for in every step, and it is free when it
   * happens; the same on average, and with far less noise to learn from. @default 'realised'
   */
  readonly risk?: 'realised' | 'expected';
  /**
   * Whether the run begins and ends at surface: the bit is run in first, and a dull one pulled out, step by step, whatever is
   * asked for. Costs and rewards are the same without: a round trip is paid for as the bit wears. @default false
   */
  readonly tripping?: boolean;
  /** @default those of a rig on land */
  readonly costs?: DrillingCosts;
}

/** Complete options. */
export interface DrillingSettings {
  readonly preset: FormationPreset;
  readonly sensors: SensorFaults;
  readonly bit: 'drag' | 'roller-cone';
  readonly stepSeconds: number;
  readonly maxSteps: number;
  readonly risk: 'realised' | 'expected';
  readonly tripping: boolean;
  readonly costs: DrillingCosts;
}

/** Relative noise of every reading, delays in steps, rates per step; settings of this model. */
const realisticSensors: SensorFaults = {
  noise: 1,
  delaySteps: 1,
  driftPerStep: 0.00005,
  dropOutShare: 0.002,
  stuckShare: 0.001,
};

const idealSensors: SensorFaults = { noise: 0, delaySteps: 0, driftPerStep: 0, dropOutShare: 0, stuckShare: 0 };

const defaults = {
  preset: 'mixed',
  sensors: 'realistic',
  bit: 'drag',
  stepMinutes: 5,
  maxSteps: 600,
  risk: 'realised',
  tripping: false,
  costs: defaultCosts,
} as const satisfies Required<DrillingOptions>;

/** Fills in defaults and refuses what cannot be simulated. */
export function resolveDrilling(options: DrillingOptions): DrillingSettings {
  const { stepMinutes, sensors, ...rest }: Required<DrillingOptions> = { ...defaults, ...options };
  if (!(stepMinutes >= 0.1 && stepMinutes <= 15)) {
    throw new RangeError(`Cannot set up a well: stepMinutes ${stepMinutes} is not between 0.1 and 15`);
  }
  if (!Number.isInteger(rest.maxSteps) || rest.maxSteps < 1) {
    throw new RangeError(`Cannot set up a well: maxSteps ${rest.maxSteps} is not a positive whole number`);
  }
  return { ...rest, sensors: sensorFaults(sensors), stepSeconds: 60 * stepMinutes };
}

function sensorFaults(sensors: 'ideal' | 'realistic' | SensorFaults): SensorFaults {
  if (sensors === 'ideal') return idealSensors;
  if (sensors === 'realistic') return realisticSensors;
  const wrong = Object.entries(sensors).find(([, value]) => !((value as number) >= 0));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot set up sensors: ${wrong[0]} is ${String(wrong[1])}; give a number from 0 on`);
  }
  if (!Number.isInteger(sensors.delaySteps) || sensors.delaySteps > 3) {
    throw new RangeError(`Cannot set up sensors: delaySteps is ${sensors.delaySteps}; give 0, 1, 2 or 3`);
  }
  return sensors;
}
