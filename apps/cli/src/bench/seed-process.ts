import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { CliError } from '../errors.js';

/**
 * Runs this program again as a process of its own, and gives its JSON answer. Its words go where ours go.
 *
 * @throws CliError `CLI_BENCH_FAILED` when it ends with another code than 0
 */
export async function ownProcess(args: readonly string[]): Promise<unknown> {
  const command = [...process.execArgv, process.argv[1]!, ...args, '--json'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const answer = await text(child.stdout);
  const exitCode = await ended;
  if (exitCode === 0) return JSON.parse(answer) as unknown;
  throw new CliError(`Cannot take the benchmark: a process of it ended with ${exitCode}; its words are above`, {
    code: 'CLI_BENCH_FAILED',
    details: { args, exitCode },
  });
}
