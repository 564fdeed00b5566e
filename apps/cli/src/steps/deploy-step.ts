import type { ModelVersion } from '@i-drill/registry';
import type { ProcessTarget, ServiceDescription } from '@i-drill/targets';
import { deployVersion, type DeployedVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { startTraffic, type RigStream, type Traffic, type TrafficSummary } from '../traffic.js';
import { rolloutLogger } from '../rollout-words.js';
import { requireFreePort } from '../wiring/public-port.js';
import { openJournal, openService, smokeTestsOf } from '../wiring/service.js';
import { canarySettings } from '../wiring/settings.js';

/** One deployment from the command line. */
export interface DeployStepOptions {
  readonly version: ModelVersion;
  readonly promoteToProduction: boolean;
  /** Traffic to send while the rollout runs; none = the traffic there is. */
  readonly traffic?: { readonly rigs: readonly RigStream[]; readonly requestsPerSecond: number };
  readonly signal?: AbortSignal;
}

/** How it ended, where it serves, and what the generated traffic saw. */
export interface DeployStep extends DeployedVersion {
  /** Absent when no router runs. */
  readonly url?: string;
  readonly journal: string;
  readonly traffic?: TrafficSummary;
}

/** Puts a version into service by canary; with generated traffic when asked. */
export async function deployStep(context: CommandContext, options: DeployStepOptions): Promise<DeployStep> {
  const { version } = options;
  const target = openService(context, version.name, await smokeTestsOf(context, version));
  const service = await wholeService(context, target);
  await requireFreePort(service, context.config.deployment.server);
  const stable = service.arms.find((arm) => arm.role === 'stable' && arm.alive);
  context.output.progress(incumbentLine(stable?.version.version));
  const journal = await openJournal(context, version);
  const traffic = beginTraffic(target, options);
  let deployed: DeployedVersion;
  let summary: TrafficSummary | undefined;
  try {
    const logger = context.json ? context.ports.logger : rolloutLogger(context.ports.logger);
    deployed = await deployVersion(
      { ...context.ports, logger },
      {
        version,
        target,
        hasStable: stable !== undefined,
        settings: canarySettings(context.config),
        journal,
        promoteToProduction: options.promoteToProduction,
        who: context.who,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
    );
  } finally {
    summary = await traffic?.stop();
  }
  const url = await urlOf(target);
  return {
    ...deployed,
    journal: journal.path,
    ...(url === undefined ? {} : { url }),
    ...(summary === undefined ? {} : { traffic: summary }),
  };
}

/** A service whose router or stable server died is started again first: the candidate must have somebody to compare with. */
async function wholeService(context: CommandContext, target: ProcessTarget): Promise<ServiceDescription> {
  const service = await target.describeService();
  if (!service.arms.some((arm) => arm.role === 'stable') || service.problems.length === 0) return service;
  context.output.progress(`restoring the service: ${service.problems.join('; ')}`);
  await target.restoreService();
  return target.describeService();
}

function incumbentLine(version: string | undefined): string {
  return version === undefined
    ? 'nothing is in service yet: the candidate takes all traffic and is watched by absolute limits'
    : `version ${version} is in service: the candidate takes growing shares of its traffic`;
}

function beginTraffic(target: ProcessTarget, { traffic }: DeployStepOptions): Traffic | undefined {
  return traffic === undefined ? undefined : startTraffic({ url: () => urlOf(target), ...traffic });
}

async function urlOf(target: ProcessTarget): Promise<string | undefined> {
  const { router } = await target.describeService();
  return router?.reachable === true ? router.url : undefined;
}
