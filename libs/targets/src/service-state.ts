import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ModelVersionRef } from '@i-drill/core';
import { TargetError } from './errors.js';
import type { ProcessIdentity } from './process-identity.js';

/** Where an arm stands: taking traffic, being tried, or kept warm to go back to. */
export type ArmRole = 'stable' | 'candidate' | 'previous';

/** A retired arm has no traffic, is unknown to the router and is about to be stopped. */
export type ServiceRole = ArmRole | 'retired';

/** A started program: the process that does the work and, where it is another one, the process that launched it. */
export interface RunningProgram {
  readonly server: ProcessIdentity;
  readonly launcher: ProcessIdentity;
}

/** The router of a service. */
export interface RouterRecord {
  readonly url: string;
  readonly adminUrl: string;
  readonly program: RunningProgram;
}

/** One model server of a service. */
export interface ArmRecord {
  readonly id: string;
  readonly role: ServiceRole;
  readonly version: ModelVersionRef;
  readonly url: string;
  readonly share: number;
  readonly program: RunningProgram;
}

/** What runs for one environment, as `service.json` keeps it from one command to the next. */
export interface ServiceState {
  readonly formatVersion: 1;
  readonly environment: string;
  readonly modelName: string;
  readonly router?: RouterRecord;
  readonly arms: readonly ArmRecord[];
}

/** Reads a service; `undefined` where none was ever started. */
export async function readServiceState(path: string): Promise<ServiceState | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  }
  return parseState(path, text);
}

/** Writes a service in one step: a reader sees the old text or the new one. */
export async function writeServiceState(path: string, state: ServiceState): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`);
  await rename(temporary, path);
}

/** Forgets a service that was shut down. */
export async function removeServiceState(path: string): Promise<void> {
  await rm(path, { force: true });
}

function parseState(path: string, text: string): ServiceState {
  let value: Partial<ServiceState> | null;
  try {
    value = JSON.parse(text) as Partial<ServiceState> | null;
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (value?.formatVersion !== 1 || !Array.isArray(value.arms)) throw unreadable(path, undefined);
  return value as ServiceState;
}

function unreadable(path: string, cause: unknown): TargetError {
  const message = `Cannot read the running service: "${path}" is not a service description of format version 1; stop its processes by hand and delete the file`;
  return new TargetError(message, { code: 'TARGET_STATE_UNREADABLE', details: { path }, cause });
}
