import { createRng } from '@i-drill/numerics';
import { isAgentVersion, type ModelVersion } from '@i-drill/registry';
import { validateAgentVersion, type ValidatedAgent } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { agentPorts } from '../wiring/agent-ports.js';
import { verdictLines } from './validate-step.js';

/** Judges an agent in the simulator and says each check's result. */
export async function validateAgentStep(context: CommandContext, version: ModelVersion): Promise<ValidatedAgent> {
  const { config, output, ports } = context;
  const { validation, training } = config;
  const champion = await championOf(context, version);
  const meanReward = validation.performance_thresholds.mean_reward;
  const validated = await validateAgentVersion(agentPorts(ports), {
    version,
    ...(champion === undefined ? {} : { champion }),
    settings: {
      ...(meanReward === undefined ? {} : { meanReward }),
      consequences: validation.performance_thresholds.consequences,
      maxViolations: training.agents.max_violations_per_km,
      export: validation.export,
      wells: training.agents.validation_wells,
    },
    rng: createRng(training.seed),
    who: context.who,
  });
  for (const line of verdictLines(validated)) output.progress(line);
  return validated;
}

/** The agent in Production under the same name, where there is another one. */
async function championOf({ ports }: CommandContext, version: ModelVersion): Promise<ModelVersion | undefined> {
  const versions = await ports.store.listModelVersions(version.name);
  const production = versions.find(({ currentStage }) => currentStage === 'Production');
  return production !== undefined && production.version !== version.version && isAgentVersion(production)
    ? production
    : undefined;
}
