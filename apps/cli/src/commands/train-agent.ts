import type { FormationPreset, WellFigures } from '@i-drill/drilling';
import type { AgentType } from '@i-drill/training/agents';
import { plainTable } from '../bench/table.js';
import { figureText, wellColumns } from '../bench/well-table.js';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { trainAgentStep } from '../steps/train-agent-step.js';

/** Flags of `train ppo` and `train sac`. */
export interface TrainAgentFlags extends CommonFlags {
  readonly modelName?: string;
  readonly experiment?: string;
  readonly preset?: FormationPreset;
  readonly timesteps?: number;
  readonly learningRate?: number;
  readonly gamma?: number;
  readonly seed?: number;
  readonly checkpoint?: string;
  readonly threads?: number;
}

/** `i-drill train ppo`, `i-drill train sac` */
export async function trainAgentCommand(type: AgentType, flags: TrainAgentFlags): Promise<ExitCode> {
  const context = openContext(flags);
  const interruption = onInterruption(context.output.progress);
  const { experiment, preset, checkpoint, threads } = flags;
  const trained = await trainAgentStep(context, {
    type,
    modelName: flags.modelName ?? `drilling_${type}`,
    flags,
    signal: interruption.signal,
    ...(experiment === undefined ? {} : { experiment }),
    ...(preset === undefined ? {} : { preset }),
    ...(threads === undefined ? {} : { threads }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  });
  const { version, runId, figures, references, exportDifference, keptAt } = trained;
  context.output.answer(
    { model: version.name, version: version.version, runId, figures, references, exportDifference, keptAt },
    [
      ...plainTable(comparison({ [type]: figures, ...references })),
      '',
      `${version.name} version ${version.version}, run ${runId}`,
    ],
  );
  return exitCodes.done;
}

function comparison(all: Readonly<Record<string, WellFigures>>) {
  return {
    head: ['', ...wellColumns.map(({ title }) => title)],
    rows: Object.entries(all).map(([name, figures]) => [
      name,
      ...wellColumns.map(({ key, digits }) => figureText(figures[key], digits)),
    ]),
  };
}
