import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../bin/i-drill.mjs');

/** An error as `--json` tells it on stderr. */
export interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How a command ended. */
export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The JSON on stdout; `undefined` where there is none. */
  readonly answer: unknown;
  /** Every `{"error": …}` on stderr, in order. */
  readonly errors: readonly ToldError[];
}

/** A command under way. */
export interface CliProcess {
  readonly ended: Promise<CliResult>;
  /** Ctrl-C: the signal goes to the program and to what it started in the foreground, as from a terminal. */
  interrupt(): void;
  /** Ends it without a chance to clean up; nothing where it has ended. */
  kill(): void;
}

/** Starts the real program. Nothing of the caller's tracking store or faults reaches it but what `env` says. */
export function startCli(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): CliProcess {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd,
    env: { ...neutralEnvironment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as a terminal gives
  });
  const output = { stdout: '', stderr: '' };
  let hasEnded = false;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  }
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      hasEnded = true;
      resolve(resultOf(exitCode, output));
    });
  });
  const signal = (name: NodeJS.Signals): void => {
    if (!hasEnded && child.pid !== undefined) process.kill(-child.pid, name);
  };
  return {
    ended,
    interrupt: () => {
      signal('SIGINT');
    },
    kill: () => {
      signal('SIGKILL');
    },
  };
}

function neutralEnvironment(): Record<string, string | undefined> {
  const foreign = /^(MLFLOW_|I_DRILL_|VITEST|NODE_OPTIONS|NODE_ENV)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function resultOf(exitCode: number | null, { stdout, stderr }: { stdout: string; stderr: string }): CliResult {
  const errors = stderr.split('\n').flatMap((line) => {
    const told = parsed(line) as { error?: ToldError } | undefined;
    return told?.error === undefined ? [] : [told.error];
  });
  return { exitCode, stdout, stderr, answer: parsed(stdout), errors };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
