import type { Policy } from '@i-drill/training/agents';
import type { AgentPorts } from './agent-ports.js';
import { choosing, drillRange, type DrillingScenario } from './drilling-scenario.js';

/** An exported policy, and how near it is to the trained one. */
export interface ProvenAgent {
  readonly onnx: Uint8Array;
  /** Largest difference of an action, as a share of its range. */
  readonly difference: number;
  /** One observation, for people who want to try it. */
  readonly example: Float32Array;
}

/** Wells whose observations are compared, and how many of these. */
const provingWells = 20;
const provingRows = 2000;

/** Exports a policy, and asks both for what was seen in the first test wells. */
export async function proveAgentExport(
  ports: AgentPorts,
  policy: Policy,
  scenario: DrillingScenario,
): Promise<ProvenAgent> {
  const onnx = ports.policies.exportPolicy(policy);
  const observations = seenIn(policy, scenario);
  const width = policy.observation.length;
  const rows = observations.length / width;
  const trained = choosing(policy, rows)(observations).slice();
  const served = await ports.policies.openPolicy(onnx);
  try {
    const answers = await served.act(observations, rows);
    return { onnx, difference: largestShare(policy, trained, answers), example: observations.slice(0, width) };
  } finally {
    await served.close();
  }
}

function seenIn(policy: Policy, scenario: DrillingScenario): Float32Array {
  const count = Math.min(provingWells, scenario.test.count);
  const choose = choosing(policy, count);
  const seen: Float32Array[] = [];
  drillRange(scenario, { ...scenario.test, count }, (observations) => {
    if (seen.length * count < provingRows) seen.push(observations.slice());
    return choose(observations);
  });
  return Float32Array.from(seen.flatMap((rows) => Array.from(rows)));
}

/** Of a choice, 1 where another was made. */
function largestShare({ action }: Policy, trained: Float32Array, served: Float32Array): number {
  const ranges = action.kind === 'discrete' ? [1] : action.components.map(({ low, high }) => high - low);
  let largest = 0;
  trained.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value - served[i]!) / ranges[i % ranges.length]!);
  });
  return largest;
}
