import { hostname } from 'node:os';
import { bootId, hasProcess, processSpace, startOf } from '../processes/process-identity.js';

/** Which process holds a lock. */
export interface LockOwner {
  readonly pid: number;
  /** When the process started, in a unit of its machine; empty where that cannot be found out. Ids of processes are used again, starts are not. */
  readonly started: string;
  readonly host: string;
  /** Where its id means something: one boot of one machine, and one namespace there. */
  readonly space: string;
}

/** This process as an owner of locks. */
export function thisProcess(): LockOwner {
  const host = hostname();
  return { pid: process.pid, started: startOf(process.pid) ?? '', host, space: spaceOf(host) };
}

/**
 * Whether the process of an owner still runs. `unknown` when it lies in another space (machine, container, earlier boot), or when only its id
 * can be compared, which another process may have by now.
 */
export function lifeOf(owner: LockOwner, self: LockOwner): 'alive' | 'dead' | 'unknown' {
  if (owner.space !== self.space) return 'unknown';
  if (!hasProcess(owner.pid)) return 'dead';
  if (owner.started === '') return 'unknown';
  return startOf(owner.pid) === owner.started ? 'alive' : 'dead';
}

// Two containers may have the host name of their machine and count their processes apart.
function spaceOf(host: string): string {
  return [host, bootId(), processSpace()].join(' ');
}
