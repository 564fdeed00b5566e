import { readFileSync, readlinkSync } from 'node:fs';

/**
 * When a running process started, in a unit of its machine: ids of processes are used again, starts are not. `undefined` for one that has ended,
 * even when its parent has not taken notice, and where that cannot be found out: only Linux tells.
 */
export function startOf(pid: number): string | undefined {
  const status = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [state, ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' '); // the name before may contain anything
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

/** Whether a process of that id runs here. */
export function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Names the time since this machine was started; empty where only Linux would tell. */
export function bootId(): string {
  return orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
}

/** Names the space in which the ids of processes count: containers of one machine have their own. Empty where only Linux would tell. */
export function processSpace(): string {
  return orEmpty(() => readlinkSync('/proc/self/ns/pid'));
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
