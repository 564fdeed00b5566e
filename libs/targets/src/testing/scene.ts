import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Clock, ModelVersionRef } from '@i-drill/core';
import { CapturingLogger } from '@i-drill/testkit';
import { request } from 'undici';
import { createProcessTarget, type ProcessTarget } from '../process-target.js';
import type { ServiceState } from '../service-state.js';
import type { ProcessTargetOptions } from '../target-options.js';

const realClock: Clock = { now: () => Date.now(), sleep: (ms) => wait(ms) };

/** The path of a small program that stands for a real one. */
export function program(name: 'server' | 'router' | 'launcher'): string {
  return fileURLToPath(new URL(`./programs/${name}.mjs`, import.meta.url));
}

/** One environment in a folder of its own, with everything it starts, to be ended afterwards. */
export class Scene {
  readonly directory: string;
  readonly logger: CapturingLogger = new CapturingLogger();
  readonly clock: Clock = realClock;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async open(): Promise<Scene> {
    return new Scene(await mkdtemp(join(tmpdir(), 'targets-')));
  }

  target(change: Partial<ProcessTargetOptions> & { faults?: Record<string, string> } = {}): ProcessTarget {
    const { faults = {}, ...options } = change;
    const env = { ...process.env, FAKE: JSON.stringify(faults), ...options.env };
    return createProcessTarget({
      stateDirectory: this.directory,
      environment: 'test',
      serverCommand: { command: process.execPath, args: [program('server')] },
      routerCommand: { command: process.execPath, args: [program('router')] },
      modelName: 'bit-life',
      trackingUri: 'file:./mlruns',
      startTimeoutMs: 10_000,
      stopGraceMs: 3_000,
      clock: this.clock,
      logger: this.logger,
      ...options,
      env,
    });
  }

  async service(): Promise<ServiceState> {
    return JSON.parse(await readFile(this.path('service.json'), 'utf8')) as ServiceState;
  }

  path(...names: string[]): string {
    return join(this.directory, 'test', ...names);
  }

  /** Ends whatever still runs, however the test ended. */
  async close(): Promise<void> {
    const state = await this.service().catch(() => undefined);
    const programs = [state?.router?.program, ...(state?.arms ?? []).map((arm) => arm.program)];
    for (const { server, launcher } of programs.filter((running) => running !== undefined)) {
      for (const { pid } of [server, launcher]) endProcess(pid);
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Ends a process the hard way. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** What a caller of the service gets. */
export async function callService(url: string): Promise<{ status: number; prediction: number | undefined }> {
  const answer = await request(`${url}/invocations`, { method: 'POST', body: '{}' });
  const body = (await answer.body.json()) as { predictions?: { prediction: number[][] } };
  return { status: answer.statusCode, prediction: body.predictions?.prediction[0]?.[0] };
}

/** A port that some other program holds. */
export async function takePort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const free = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, free };
}

/** A version of the model of these tests. */
export function version(number: string): ModelVersionRef {
  return { name: 'bit-life', version: number };
}

/** Starts a version and takes it all the way, without looking at it; gives the address of the service. */
export async function deploy(target: ProcessTarget, number: string): Promise<string> {
  await target.startCandidate(version(number));
  await target.setCandidateShare(1);
  await target.promoteCandidate();
  const { router } = await target.describeService();
  return router!.url;
}

/** The arms in short, for example `stable v1 0.75 alive`. */
export async function roles(target: ProcessTarget): Promise<string[]> {
  const { arms } = await target.describeService();
  return arms.map(
    ({ role, version: ref, share, alive }) => `${role} v${ref.version} ${share} ${alive ? 'alive' : 'dead'}`,
  );
}
