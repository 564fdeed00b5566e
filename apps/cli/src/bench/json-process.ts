import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { CliError } from '../errors.js';

/** A Node program with its flags. */
export interface NodeCommand {
  /** Of Node, before the program. */
  readonly nodeFlags: readonly string[];
  readonly program: string;
  readonly args: readonly string[];
}

/** This very program with other arguments. */
export function ownCommand(args: readonly string[]): NodeCommand {
  return { nodeFlags: process.execArgv, program: process.argv[1]!, args };
}

/**
 * Runs a program and gives the JSON it writes to stdout. Its words go where ours go.
 *
 * @throws CliError `CLI_BENCH_FAILED` when it ends with another code than 0, or by a signal
 */
export async function jsonFromProcess({ nodeFlags, program, args }: NodeCommand): Promise<unknown> {
  const command = [...nodeFlags, program, ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode, signal) => {
      resolve(exitCode ?? signal);
    });
  });
  const [answer, end] = await Promise.all([text(child.stdout), ended]);
  if (end === 0) return JSON.parse(answer) as unknown;
  throw new CliError(`Cannot take the benchmark: a process of it ended with ${end}; what it says on stderr tells why`, {
    code: 'CLI_BENCH_FAILED',
    details: { args, end },
  });
}
