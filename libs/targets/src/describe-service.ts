import type { ModelVersionRef } from '@i-drill/core';
import type { ArmStats } from '@i-drill/deployment';
import { isRunning } from './process-identity.js';
import type { RoutedState } from './router-client.js';
import type { ServiceControl } from './service-control.js';
import type { ArmRecord, RouterRecord, ServiceRole, ServiceState } from './service-state.js';

/** One model server, as found now. */
export interface DescribedArm {
  readonly id: string;
  readonly role: ServiceRole;
  readonly version: ModelVersionRef;
  readonly url: string;
  readonly share: number;
  readonly pid: number;
  readonly alive: boolean;
  /** Since the router's statistics were reset; absent where the router does not answer. */
  readonly stats?: ArmStats;
}

/** The router, as found now. */
export interface DescribedRouter {
  readonly url: string;
  readonly adminUrl: string;
  readonly pid: number;
  readonly alive: boolean;
  /** The admin API answers. */
  readonly reachable: boolean;
}

/** What runs for one environment. */
export interface ServiceDescription {
  readonly environment: string;
  readonly modelName: string;
  /** Absent where no service was started. */
  readonly router?: DescribedRouter;
  readonly arms: readonly DescribedArm[];
  /** What is not as it should be, in words; empty where all is well. */
  readonly problems: readonly string[];
}

/** Looks at processes and router. Changes nothing. */
export async function describeService(service: ServiceControl): Promise<ServiceDescription> {
  const state = await service.read();
  const routed = state.router === undefined ? undefined : await service.askRouter(state.router);
  const arms = state.arms.map((arm) => describeArm(arm, routed));
  const { environment, modelName } = state;
  const router = state.router === undefined ? undefined : describeRouter(state.router, routed);
  const problems = [...routerProblems(router), ...arms.flatMap(armProblems), ...roleProblems(state)];
  return { environment, modelName, arms, problems, ...(router === undefined ? {} : { router }) };
}

function describeArm({ program, ...arm }: ArmRecord, routed: RoutedState | undefined): DescribedArm {
  const stats = routed?.stats[arm.id];
  const process = { pid: program.server.pid, alive: isRunning(program.server) };
  return { ...arm, ...process, ...(stats === undefined ? {} : { stats }) };
}

function describeRouter({ url, adminUrl, program }: RouterRecord, routed: RoutedState | undefined): DescribedRouter {
  const { server } = program;
  return { url, adminUrl, pid: server.pid, alive: isRunning(server), reachable: routed !== undefined };
}

function routerProblems(router: DescribedRouter | undefined): string[] {
  if (router === undefined || router.reachable) return [];
  const problem = router.alive ? 'does not answer' : 'is dead';
  return [`the router (process ${router.pid}) ${problem}: nobody is served at ${router.url}`];
}

function armProblems({ role, version, pid, alive }: DescribedArm): string[] {
  return alive ? [] : [`the ${role} server (version ${version.version}, process ${pid}) is dead`];
}

function roleProblems({ arms }: ServiceState): string[] {
  const isLost = arms.length > 0 && !arms.some(({ role }) => role === 'stable');
  return isLost ? ['no version is stable: the first rollout has not ended'] : [];
}
