import type { Command } from 'commander';
import { isAgentVersion, type ModelVersion } from '@i-drill/registry';
import { readRecipe } from '@i-drill/workflows';
import { openContext, type CommandContext, type CommonFlags } from '../context.js';
import { CliError } from '../errors.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { validateAgentStep } from '../steps/validate-agent-step.js';
import { validateStep, verdictLines } from '../steps/validate-step.js';
import { prepareRecipe } from '../wiring/prepare-data.js';
import { commandWithCommonFlags, withVersionFlags } from './common-flags.js';
import { chosenVersion, type VersionFlags } from './version-choice.js';

type Flags = CommonFlags & VersionFlags & { readonly data?: string };

/** `i-drill validate` */
export function validateCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags(
    'validate',
    'judge a version; a passed verdict moves it to Staging (exit 1 unless passed)',
  );
  return withVersionFlags(command, 'none, name it')
    .option('--data <path>', 'folder with the files of its data set, or its table')
    .action((flags: Flags) => {
      run(validate(flags));
    });
}

async function validate(flags: Flags): Promise<ExitCode> {
  if (flags.modelVersion === undefined && flags.alias === undefined) {
    throw new CliError('Cannot validate: no version is named; give --model-version or --alias', {
      code: 'CLI_WRONG_VALUE',
    });
  }
  const context = openContext(flags);
  const version = await chosenVersion(context, flags, { alias: 'staging' });
  if (isAgentVersion(version)) return validateAgent(context, version);
  const recipe = await readRecipe(context.ports, version);
  const prepared = await prepareRecipe(context.config, recipe, flags.data);
  const validated = await validateStep(context, version, prepared);
  const { verdict, reportPath, promoted, score } = validated;
  context.output.answer(
    { verdict, report: { runId: version.runId, path: reportPath }, promoted, metrics: score.metrics },
    [verdictLines(validated).at(-1) ?? verdict.status, `report: ${reportPath} in run ${version.runId}`],
  );
  return verdict.status === 'passed' ? exitCodes.done : exitCodes.answerIsNo;
}

async function validateAgent(context: CommandContext, version: ModelVersion): Promise<ExitCode> {
  const validated = await validateAgentStep(context, version);
  const { verdict, reportPath, promoted, figures } = validated;
  context.output.answer({ verdict, report: { runId: version.runId, path: reportPath }, promoted, figures }, [
    verdictLines(validated).at(-1) ?? verdict.status,
    `report: ${reportPath} in run ${version.runId}`,
  ]);
  return verdict.status === 'passed' ? exitCodes.done : exitCodes.answerIsNo;
}
