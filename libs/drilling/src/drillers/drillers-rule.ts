import { drillingObservation } from '../environment/channels.js';
import type { ScreenSetPoint, SetPointRule } from './set-point-rule.js';

const column = (name: string): number => drillingObservation.findIndex((component) => component.name === name);
const columns = {
  rate: column('rate_of_penetration'),
  lateral: column('lateral_vibration'),
  severity: column('stick_slip_severity'),
  returns: column('return_flow_difference'),
  hours: column('hours_on_bit'),
  rigState: column('rig_state'),
};

/** How the driller works; steps are those of the environment. */
interface DrillersHabits {
  readonly start: ScreenSetPoint;
  /** Weight added or taken at a time, kN. */
  readonly weightStep: number;
  /** Steps over which a rate is averaged before the weight is changed. */
  readonly watch: number;
  /** Looks for which a weight is kept after the bit has foundered. */
  readonly rest: number;
}

const habits: DrillersHabits = { start: { weight: 70, speed: 110, flow: 2000 }, weightStep: 10, watch: 4, rest: 6 };
const heaviest = 150;
const lightest = 50;

/** What a driller remembers of a well. */
interface Memory {
  weight: number;
  speed: number;
  flow: number;
  rateSum: number;
  looks: number;
  formerRate: number;
  /** Change of weight on trial: +1, or 0 while resting. */
  trial: number;
  restLeft: number;
}

function freshMemory(): Memory {
  const { weight, speed, flow } = habits.start;
  return { weight, speed, flow, rateSum: 0, looks: 0, formerRate: 0, trial: 0, restLeft: 0 };
}

/**
 * The driller's rule: raise the weight until the bit founders. Every 20 minutes the weight goes up by 10 kN; where the rate has
 * not risen by half as much in proportion, it goes back and stays for two hours (the drill-off test as a habit; Dupriest &
 * Koederitz 2005, SPE/IADC 92194). Whirl above 2.5 g asks for another speed, stick-slip for less weight and more speed, mud that
 * is lost for less flow.
 */
export function drillersRule(): SetPointRule {
  return {
    name: "driller's rule",
    start(count) {
      const memories = Array.from({ length: count }, freshMemory);
      const actions = new Float32Array(3 * count);
      return (observations) => {
        const width = drillingObservation.length;
        memories.forEach((_, place) => {
          const seen = observations.subarray(place * width, (place + 1) * width);
          if (seen[columns.hours] === 0) memories[place] = freshMemory();
          const memory = memories[place]!;
          if (seen[columns.rigState] === 0) work(memory, seen);
          actions.set([memory.weight, memory.speed, memory.flow], 3 * place);
        });
        return actions;
      };
    },
  };
}

function work(memory: Memory, seen: Float32Array): void {
  easeDysfunctions(memory, seen);
  memory.rateSum += seen[columns.rate]!;
  memory.looks++;
  if (memory.looks < habits.watch) return;
  const rate = memory.rateSum / memory.looks;
  [memory.rateSum, memory.looks] = [0, 0];
  chooseWeight(memory, rate);
  memory.formerRate = rate;
}

function chooseWeight(memory: Memory, rate: number): void {
  if (memory.restLeft > 0) {
    memory.restLeft--;
    return;
  }
  const before = memory.weight - habits.weightStep * memory.trial;
  const expected = memory.trial === 0 ? 0 : (0.5 * habits.weightStep) / before;
  const founders = memory.trial === 1 && rate < memory.formerRate * (1 + expected);
  if (founders || memory.weight >= heaviest) {
    if (founders) memory.weight = before;
    [memory.trial, memory.restLeft] = [0, habits.rest];
  } else {
    memory.weight += habits.weightStep;
    memory.trial = 1;
  }
}

function easeDysfunctions(memory: Memory, seen: Float32Array): void {
  if (seen[columns.lateral]! > 2.5) memory.speed = Math.max(80, memory.speed - 5);
  if (seen[columns.severity]! > 0.9) {
    memory.weight = Math.max(lightest, memory.weight - 5);
    memory.speed = Math.min(160, memory.speed + 5);
  }
  if (seen[columns.returns]! < -100) memory.flow = Math.max(1200, memory.flow - 200);
}
