import type { Clock } from '@i-drill/core';
import { isRunning, type ProcessIdentity } from './process-identity.js';
import type { RunningProgram } from './service-state.js';

const lookEveryMs = 25;

/** How a program is asked to stop. */
export interface StopOptions {
  readonly clock: Clock;
  /** Between asking (SIGTERM) and ending it (SIGKILL), ms. */
  readonly graceMs: number;
}

/**
 * Stops a program and waits until it is gone. A process that took over the number of a dead one is left alone.
 *
 * @returns how it went: it was gone already, it ended when asked, or it had to be killed
 */
export async function stopProgram(
  program: RunningProgram,
  { clock, graceMs }: StopOptions,
): Promise<'gone' | 'ended' | 'killed'> {
  if (!isProgramRunning(program)) return 'gone';
  signal(program.server, 'SIGTERM');
  if (await isGoneWithin(program, graceMs, clock)) return 'ended';
  signal(program.server, 'SIGKILL');
  signal(program.launcher, 'SIGKILL');
  await isGoneWithin(program, graceMs, clock);
  return 'killed';
}

/** Whether any process of a program still runs. */
function isProgramRunning({ server, launcher }: RunningProgram): boolean {
  return isRunning(server) || isRunning(launcher);
}

async function isGoneWithin(program: RunningProgram, ms: number, clock: Clock): Promise<boolean> {
  const deadline = clock.now() + ms;
  while (isProgramRunning(program)) {
    if (clock.now() >= deadline) return false;
    await clock.sleep(lookEveryMs);
  }
  return true;
}

function signal(identity: ProcessIdentity, name: 'SIGTERM' | 'SIGKILL'): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
