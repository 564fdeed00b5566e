import { spawnSync } from 'node:child_process';
import { SetupError } from './setup-error.js';

/** A program, and what a person does when it is missing or fails. */
export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** How the program is installed. */
  readonly ifMissing: string;
  /** What to look at when it fails. */
  readonly ifFailed: string;
}

const linesShown = 60;

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws SetupError when there is no such program, or when it fails: then with the end of what it printed
 */
export function runTool({ command, args, cwd, env, ifMissing, ifFailed }: Tool): string {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1e8,
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
  });
  if (error && 'code' in error && error.code === 'ENOENT') throw new SetupError(`Cannot find "${command}"`, ifMissing, { cause: error }); // prettier-ignore
  if (error) throw new SetupError(`Cannot run "${command}": ${error.message}`, ifFailed, { cause: error });
  if (status === 0) return stdout;
  const lastLines = `${stdout}${stderr}`.trimEnd().split('\n').slice(-linesShown).join('\n');
  const end = signal === null ? `exit code ${status ?? 'unknown'}` : `signal ${signal}`;
  throw new SetupError(`"${[command, ...args].join(' ')}" ended with ${end}:\n${lastLines}`, ifFailed);
}
