import { setTimeout as wait } from 'node:timers/promises';
import { errorText } from './error-text.js';
import type { FinalStatus } from './run-options.js';

/** A run of which nothing may be lost when the process ends. */
export interface OpenRun {
  /** Whether it is the run of a `withRun`, which ends it itself unless the process ends first. */
  readonly isScoped: boolean;
  flushSync(): void;
  /** Puts a status into the journal; logging goes on. */
  mark(status: FinalStatus, reason: string | undefined): void;
  drain(): Promise<boolean>;
  end(status: FinalStatus, reason: string | undefined): Promise<void>;
}

const openRuns = new Set<OpenRun>();
const cutOff = 'the program ended before the work of the run did';
// An orchestrator waits 10 to 30 s between SIGTERM and SIGKILL; a person at the keyboard less.
const shipAfterSignalMs = 3000;
let uncaught: string | undefined;
let isDying = false;

/**
 * Keeps a run safe until the returned function is called. Whatever the number of runs, the process has one listener per event, and none when no run
 * is open. With an empty event loop the run is ended and shipped; at `exit` (`process.exit`, an uncaught error) it is written to the journal.
 *
 * SIGINT and SIGTERM: all is written to the journal, marked KILLED and shipped for 3 s at most (a second signal ends that), then the process dies of the
 * signal as it would have. A program with listeners of its own for the signal decides itself: then the journal is written, and nothing else is done.
 */
export function keepAtExit(run: OpenRun): () => void {
  if (openRuns.size === 0) listen();
  openRuns.add(run);
  return () => {
    if (openRuns.delete(run) && openRuns.size === 0) unlisten();
  };
}

function listen(): void {
  uncaught = undefined;
  process.on('beforeExit', endAll);
  process.on('exit', keepAll);
  process.on('uncaughtExceptionMonitor', remember);
  process.on('SIGINT', dieOf);
  process.on('SIGTERM', dieOf);
}

function unlisten(): void {
  process.off('beforeExit', endAll);
  process.off('exit', keepAll);
  process.off('uncaughtExceptionMonitor', remember);
  process.off('SIGINT', dieOf);
  process.off('SIGTERM', dieOf);
}

function remember(error: unknown): void {
  uncaught = errorText(error);
}

/** As Python's client does at exit: a run that nobody ended has finished, unless the program failed. */
function verdict({ isScoped }: OpenRun, exitCode: number): { status: FinalStatus; reason: string | undefined } {
  if (exitCode !== 0) return { status: 'FAILED', reason: uncaught ?? `the program ended with exit code ${exitCode}` };
  return isScoped ? { status: 'FAILED', reason: cutOff } : { status: 'FINISHED', reason: undefined };
}

// Shipping keeps the event loop busy until it is done; what fails then ends the program as an unhandled rejection, and is not lost.
function endAll(exitCode: number): void {
  for (const run of openRuns) {
    const { status, reason } = verdict(run, exitCode);
    void run.end(status, reason);
  }
}

function keepAll(exitCode: number): void {
  forEachRun((run) => {
    const { status, reason } = verdict(run, exitCode);
    run.mark(status, reason);
    run.flushSync();
  });
}

function dieOf(signal: NodeJS.Signals): void {
  forEachRun((run) => {
    run.flushSync();
  });
  if (process.listenerCount(signal) - 1 > bystanders()) return;
  if (isDying) {
    raise(signal);
    return;
  }
  isDying = true;
  forEachRun((run) => {
    run.mark('KILLED', `the program received ${signal}`);
    run.flushSync();
  });
  void shipThenRaise(signal);
}

interface SignalExitEmitter {
  readonly count?: number;
}

/**
 * Listeners of the package `signal-exit` (versions 3 and 4), which many tools bring along. They only watch, and die of the signal when no other kind
 * of listener is there: taken for a decision of the program, each would wait for the other and the signal would be swallowed.
 */
function bystanders(): number {
  const version3 = (process as { __signal_exit_emitter__?: SignalExitEmitter }).__signal_exit_emitter__;
  const version4 = (globalThis as Record<symbol, SignalExitEmitter | undefined>)[Symbol.for('signal-exit emitter')];
  return (version3?.count ?? 0) + (version4?.count ?? 0);
}

async function shipThenRaise(signal: NodeJS.Signals): Promise<void> {
  const shipped = Promise.allSettled([...openRuns].map((run) => run.drain()));
  await Promise.race([shipped, wait(shipAfterSignalMs)]);
  try {
    forEachRun((run) => {
      run.flushSync();
    });
  } finally {
    raise(signal);
  }
}

function raise(signal: NodeJS.Signals): void {
  unlisten();
  process.kill(process.pid, signal);
}

/** Tries every run before it throws the first error: one full disk must not cost the others their data. */
function forEachRun(act: (run: OpenRun) => void): void {
  const errors: unknown[] = [];
  for (const run of openRuns) {
    try {
      act(run);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
