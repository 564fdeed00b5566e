import type { Command } from 'commander';
import { readEvidence } from '@i-drill/registry';
import { readRecipe } from '@i-drill/workflows';
import { openContext, type CommandContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { deployStep, type DeployStep, type DeployStepOptions } from '../steps/deploy-step.js';
import { rigStreams } from '../traffic.js';
import { prepareRecipe } from '../wiring/prepare-data.js';
import { commandWithCommonFlags, positiveNumber, withVersionFlags } from './common-flags.js';
import { chosenVersion, type VersionFlags } from './version-choice.js';

type Flags = CommonFlags & VersionFlags & { readonly generateTraffic?: number; readonly data?: string };

/** `i-drill deploy` */
export function deployCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags('deploy', 'put a version into service by canary (exit 1 when rolled back)');
  return withVersionFlags(command, 'the one in Staging')
    .option('--generate-traffic <per second>', 'send windows of its test data while the canary runs', positiveNumber)
    .option('--data <path>', 'folder with the files of its data set, or its table, for generated traffic')
    .action((flags: Flags) => {
      run(deploy(flags));
    });
}

async function deploy(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  const version = await chosenVersion(context, flags, { alias: 'staging' });
  const traffic = await generatedTraffic(context, version, flags);
  const step = await deployStep(context, {
    version,
    // Who deploys by hand wants the version in Production; `auto_promote` is about the unattended pipeline.
    promoteToProduction: true,
    signal: onInterruption(context.output.progress).signal,
    ...(traffic === undefined ? {} : { traffic }),
  });
  context.output.answer(
    { model: version.name, version: version.version, ...step },
    deploymentLines(step, `${version.name} version ${version.version}`),
  );
  return step.outcome.outcome === 'promoted' ? exitCodes.done : exitCodes.answerIsNo;
}

async function generatedTraffic(
  context: CommandContext,
  version: DeployStepOptions['version'],
  flags: Flags,
): Promise<DeployStepOptions['traffic']> {
  if (flags.generateTraffic === undefined) return undefined;
  const { data } = await prepareRecipe(context.config, await readRecipe(context.ports, version), flags.data);
  const { windowLength } = readEvidence(version).preprocessing;
  return { rigs: rigStreams(data.test, windowLength), requestsPerSecond: flags.generateTraffic };
}

/** How a deployment ended, as lines for a person. */
export function deploymentLines(step: DeployStep, name: string): string[] {
  const { outcome, promotion, traffic, url, journal } = step;
  return [
    `${name}: ${outcome.outcome === 'promoted' ? `in service at ${url}` : 'rolled back'} (${outcome.reason})`,
    ...(promotion === undefined ? [] : [`registry: ${promotion.from} -> ${promotion.to}`]),
    ...(traffic === undefined ? [] : [trafficLine(traffic)]),
    `journal: ${journal}`,
  ];
}

function trafficLine({ sent, answered, failed, byVersion, firstFailure }: NonNullable<DeployStep['traffic']>): string {
  const versions = Object.entries(byVersion).map(([version, count]) => `v${version} ${count}`);
  const failure = firstFailure === undefined ? '' : `, first failure: ${firstFailure}`;
  return `traffic: ${sent} sent, ${answered} answered (${versions.join(', ')}), ${failed} failed${failure}`;
}
