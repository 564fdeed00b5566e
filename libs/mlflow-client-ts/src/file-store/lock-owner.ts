import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

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
  const boot = orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  return [host, boot, namespace].join(' ');
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return ''; // only Linux has these files
  }
}

/** The start of a running process, of Linux; `undefined` for one that has ended, even when its parent has not taken notice. */
function startOf(pid: number): string | undefined {
  const status = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [state, ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' '); // the name before may contain anything
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
