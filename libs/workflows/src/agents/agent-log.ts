import type { WellFigures } from '@i-drill/drilling';
import type { AgentProgress } from '@i-drill/training/agents';
import { agentFigures } from './agent-figures.js';
import type { AgentPorts } from './agent-ports.js';
import type { TrainAgentVersionRequest } from './train-agent-version.js';

/** What a training of an agent leaves in its run. */
export interface AgentLog {
  begin(request: TrainAgentVersionRequest): Promise<void>;
  /** Logs while training goes on; a store that fails is heard of at `flush`. */
  readonly add: (progress: AgentProgress) => void;
  flush(): Promise<void>;
  finish(outcome: {
    readonly metrics: Readonly<Record<string, number>>;
    readonly references: Readonly<Record<string, WellFigures>>;
  }): Promise<void>;
}

/** The log of one run. */
export function openAgentLog({ store, clock }: AgentPorts, runId: string): AgentLog {
  let last: Promise<void> = Promise.resolve();
  const points = (values: Readonly<Record<string, number>>, step: number) =>
    Object.entries(values).map(([key, value]) => ({ key, value, timestamp: clock.now(), step }));
  return {
    begin({ plan, scenario }) {
      const settings = Object.entries(plan.settings).map(([key, value]) => [snakeCase(key), JSON.stringify(value)]);
      const params = {
        model_type: plan.type,
        environment: scenario.environment,
        preset: scenario.preset,
        selection_wells: wells(scenario.selection),
        test_wells: wells(scenario.test),
        ...(Object.fromEntries(settings) as Record<string, string>),
      };
      return store.logBatch(runId, { params });
    },
    add({ timesteps, score, figures, secondsLearning }) {
      const named = Object.entries(figures).map(([key, value]) => [`train_${snakeCase(key)}`, value] as const);
      const values = { evaluation_mean_reward: score, seconds_learning: secondsLearning, ...Object.fromEntries(named) };
      const metrics = points(values, timesteps);
      last = last.then(() => store.logBatch(runId, { metrics }));
      last.catch(() => undefined); // heard of in flush()
    },
    flush: () => last,
    finish({ metrics, references }) {
      const compared = Object.entries(references).flatMap(([name, figures]) =>
        Object.entries(agentFigures(figures)).map(([key, value]) => [`${snakeName(name)}_${key}`, value] as const),
      );
      return store.logBatch(runId, { metrics: points({ ...prefixed(metrics), ...Object.fromEntries(compared) }, 0) });
    },
  };
}

function prefixed(metrics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics).map(([key, value]) => [key.startsWith('export_') ? key : `test_${key}`, value]),
  );
}

function wells({ first, count }: { readonly first: number; readonly count: number }): string {
  return `${count} from seed ${first} on`;
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function snakeName(name: string): string {
  return name.replaceAll("'", '').replaceAll(/[ -]+/g, '_');
}
