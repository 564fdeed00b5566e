import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelVersionRef } from '@i-drill/core';
import { TargetError } from './errors.js';
import { launchProgram, lastLinesOf, type ProgramCommand } from './launch-program.js';
import { isRunning } from './process-identity.js';
import { putArms, readRouter, type RoutedState } from './router-client.js';
import { acquireLock, busyError, releaseLock, type HeldLock } from './service-lock.js';
import {
  readServiceState,
  removeServiceState,
  writeServiceState,
  type ArmRecord,
  type RouterRecord,
  type RunningProgram,
  type ServiceRole,
  type ServiceState,
} from './service-state.js';
import { stopProgram } from './stop-program.js';
import type { TargetSettings } from './target-options.js';

/** The processes and files of one environment. */
export class ServiceControl {
  readonly settings: TargetSettings;
  private held: HeldLock | undefined;

  constructor(settings: TargetSettings) {
    this.settings = settings;
  }

  /** Whether this object holds the service for a change. */
  get isLocked(): boolean {
    return this.held !== undefined;
  }

  async lock(action: string): Promise<void> {
    const result = await acquireLock(this.settings.lockPath);
    if (!result.held) throw busyError(action, result.owner);
    this.held = result.lock;
  }

  async tryLock(): Promise<boolean> {
    const result = await acquireLock(this.settings.lockPath);
    if (result.held) this.held = result.lock;
    return result.held;
  }

  async unlock(): Promise<void> {
    const lock = this.held;
    if (lock === undefined) return;
    this.held = undefined;
    await releaseLock(lock);
  }

  async underLock<T>(action: string, change: () => Promise<T>): Promise<T> {
    await this.lock(action);
    try {
      return await change();
    } finally {
      await this.unlock();
    }
  }

  /** The service as written down, with roles and shares as the router has them where it answers. */
  async read(): Promise<ServiceState> {
    const { servicePath, environment, modelName } = this.settings;
    const state = await readServiceState(servicePath);
    if (state === undefined) return { formatVersion: 1, environment, modelName, arms: [] };
    const routed = state.router === undefined ? undefined : await this.askRouter(state.router);
    return routed === undefined ? state : reconcile(state, routed);
  }

  /** The same, for a model that is to be put into it. */
  async open(modelName: string): Promise<ServiceState> {
    const state = await this.read();
    if (state.modelName === modelName && this.settings.modelName === modelName) return state;
    const message = `Cannot deploy "${modelName}" to "${state.environment}": the service there is for "${state.modelName}"; use another environment, or shut that service down`;
    throw new TargetError(message, { code: 'TARGET_WRONG_MODEL', details: { modelName, serves: state.modelName } });
  }

  write(state: ServiceState): Promise<void> {
    return writeServiceState(this.settings.servicePath, state);
  }

  forget(): Promise<void> {
    return removeServiceState(this.settings.servicePath);
  }

  /** What the router does; `undefined` where it does not answer. */
  async askRouter({ adminUrl, program }: RouterRecord): Promise<RoutedState | undefined> {
    if (!isRunning(program.server)) return undefined;
    try {
      return await readRouter(adminUrl);
    } catch {
      return undefined;
    }
  }

  /** Starts the router unless it answers, hands it the arms, and writes down where it is. */
  async ensureRouter(state: ServiceState): Promise<RouterRecord> {
    if (state.router !== undefined && (await this.askRouter(state.router)) !== undefined) return state.router;
    if (state.router !== undefined) await this.stop(state.router.program);
    const router = await this.startRouter(portOf(state.router) ?? this.settings.publicPort);
    await this.write({ ...state, router });
    await putArms(router.adminUrl, state.arms);
    return router;
  }

  async startArm(version: ModelVersionRef, role: ServiceRole): Promise<ArmRecord> {
    const id = `v${version.version}-${randomBytes(2).toString('hex')}`;
    const { trackingUri, environment, predictionLogDirectory, serverCommand } = this.settings;
    const uri = `models:/${version.name}/${version.version}`;
    const flags = ['--model-uri', uri, '--environment', environment];
    const address = ['--arm', role, '--host', '127.0.0.1', '--port', '0'];
    const log = predictionLogDirectory === undefined ? [] : ['--log-dir', predictionLogDirectory];
    const title = `${version.name} version ${version.version}`;
    const command = withFlags(serverCommand, [...flags, ...address, ...log]);
    // Not as a flag: it may hold a password, and flags are visible to every user of the machine.
    const launched = await this.launch(command, title, id, { MLFLOW_TRACKING_URI: trackingUri });
    return { id, role, version, url: launched.url, share: 0, program: launched.program };
  }

  /** The arm as it is, or started again where its process is gone. */
  async reviveArm(arm: ArmRecord): Promise<ArmRecord> {
    if (isRunning(arm.program.server)) return arm;
    const { id, version } = arm;
    this.settings.logger.warn('A model server is dead and is started again', { id, ...version });
    return { ...(await this.startArm(arm.version, arm.role)), share: arm.share };
  }

  async stopArm({ id, program, version }: ArmRecord): Promise<void> {
    const how = await this.stop(program);
    this.settings.logger.info('Model server stopped', { id, how, ...version });
  }

  stop(program: RunningProgram): Promise<'gone' | 'ended' | 'killed'> {
    return stopProgram(program, { clock: this.settings.clock, graceMs: this.settings.stopGraceMs });
  }

  /** The end of what a process wrote to stderr. */
  async lastWords(id: string): Promise<string> {
    try {
      return lastLinesOf(await readFile(join(this.settings.logDirectory, `${id}.err`), 'utf8'));
    } catch {
      return 'its output is gone';
    }
  }

  private async startRouter(port: number): Promise<RouterRecord> {
    const { routerCommand, publicHost } = this.settings;
    const flags = ['--port', String(port), '--admin-port', '0', '--host', publicHost];
    const { adminUrl, ...launched } = await this.launch(withFlags(routerCommand, flags), 'the router', 'router');
    if (adminUrl === undefined) {
      await this.stop(launched.program);
      const message = 'Cannot start the router: its listening line names no adminUrl; check the router command';
      throw new TargetError(message, { code: 'TARGET_ROUTER_EXITED' });
    }
    return { ...launched, adminUrl };
  }

  private launch(
    command: ProgramCommand,
    title: string,
    logName: string,
    variables: Readonly<Record<string, string>> = {},
  ): ReturnType<typeof launchProgram> {
    const { clock, startTimeoutMs, logDirectory } = this.settings;
    const env = { ...this.settings.env, ...variables };
    const exitedCode = logName === 'router' ? 'TARGET_ROUTER_EXITED' : 'TARGET_CANDIDATE_EXITED';
    const limits = { clock, env, timeoutMs: startTimeoutMs, logDirectory };
    return launchProgram({ ...command, ...limits, title, logName, exitedCode });
  }
}

function withFlags({ command, args }: ProgramCommand, flags: readonly string[]): ProgramCommand {
  return { command, args: [...args, ...flags] };
}

function portOf(router: RouterRecord | undefined): number | undefined {
  return router === undefined ? undefined : Number(new URL(router.url).port);
}

/**
 * A program that crashed between telling the router and writing the file left them apart: the router is what is true. A
 * candidate it does not know has no traffic yet; any other arm it does not know has none any more.
 */
function reconcile(state: ServiceState, routed: RoutedState): ServiceState {
  if (routed.arms.length === 0) return state;
  const arms = state.arms.map((arm): ArmRecord => {
    const live = routed.arms.find(({ id }) => id === arm.id);
    if (live !== undefined) return { ...arm, role: live.role, share: live.share };
    return { ...arm, role: arm.role === 'candidate' ? 'candidate' : 'retired', share: 0 };
  });
  return { ...state, arms };
}
