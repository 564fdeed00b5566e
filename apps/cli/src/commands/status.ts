import type { Command } from 'commander';
import { promotionHistory, readVerdict, type ModelVersion } from '@i-drill/registry';
import type { ServiceDescription } from '@i-drill/targets';
import { CliError } from '../errors.js';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { openService } from '../wiring/service.js';
import { commandWithCommonFlags, modelNameFlag } from './common-flags.js';

/** `i-drill status` */
export function statusCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('status', 'versions, promotions and what is in service')
    .requiredOption('--model-name <name>', 'registered model', modelNameFlag)
    .action((flags: CommonFlags & { modelName: string }) => {
      run(status(flags));
    });
}

async function status(flags: CommonFlags & { modelName: string }): Promise<ExitCode> {
  const context = openContext(flags);
  const [versions, promotions, service] = await Promise.all([
    context.store.listModelVersions(flags.modelName),
    promotionHistory(context.store, flags.modelName),
    openService(context, flags.modelName, []).describeService(),
  ]);
  if (versions.length === 0 && service.router === undefined) throw unknownModel(flags.modelName);
  context.output.answer({ model: flags.modelName, versions: versions.map(versionSummary), promotions, service }, [
    `${flags.modelName}: ${versions.length} versions`,
    ...versions.map(versionLine),
    ...promotions.map(
      (p) => `  ${new Date(p.when).toISOString()} version ${p.version}: ${p.from} -> ${p.to} by ${p.who} (${p.why})`,
    ),
    ...serviceLines(service),
  ]);
  return exitCodes.done;
}

function unknownModel(modelName: string): CliError {
  return new CliError(
    `Cannot tell the status of "${modelName}": no version is registered under this name and no service runs; check the ` +
      'name and the tracking store',
    { code: 'CLI_UNKNOWN_MODEL', details: { modelName } },
  );
}

function versionSummary(version: ModelVersion): Record<string, unknown> {
  const { version: number, currentStage, aliases, runId } = version;
  return { version: number, stage: currentStage, aliases, runId, verdict: readVerdict(version)?.status ?? null };
}

function versionLine(version: ModelVersion): string {
  const aliases = version.aliases.map((alias) => ` @${alias}`).join('');
  return `  version ${version.version}  ${version.currentStage}${aliases}  verdict ${readVerdict(version)?.status ?? 'none'}`;
}

function serviceLines({ router, arms, problems }: ServiceDescription): string[] {
  if (router === undefined) return ['no service runs'];
  return [
    `service: ${router.url}, ${router.reachable ? 'answering' : 'not answering'}`,
    ...arms.map(armLine),
    ...problems.map((problem) => `  problem: ${problem}`),
  ];
}

function armLine({ role, version, share, pid, stats }: ServiceDescription['arms'][number]): string {
  const traffic =
    stats === undefined
      ? ''
      : `, ${stats.requests} requests, ${stats.errors} errors, p95 ${stats.latencyP95Ms.toFixed(1)} ms`;
  return `  ${role.padEnd(9)} version ${version.version}, share ${(share * 100).toFixed(0)} %, process ${pid}${traffic}`;
}
