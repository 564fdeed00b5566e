import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@i-drill/core';
import { TargetError, type TargetErrorCode } from './errors.js';
import { identifyProcess, type ProcessIdentity } from './process-identity.js';
import type { RunningProgram } from './service-state.js';

const lookEveryMs = 20;
const lastLines = 5;

/** How a program is called. */
export interface ProgramCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** What to start, and how long to wait for it. */
export interface LaunchOptions extends ProgramCommand {
  /** Names the log files and stands in messages, for example `candidate v3-1a2b`. */
  readonly title: string;
  readonly logDirectory: string;
  readonly logName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Code of the error when the program ends before it listens. */
  readonly exitedCode: TargetErrorCode;
  readonly clock: Clock;
}

/** A program that said where it listens. */
export interface LaunchedProgram {
  readonly program: RunningProgram;
  readonly url: string;
  /** Routers only. */
  readonly adminUrl?: string;
}

interface ListeningLine {
  readonly event: 'listening';
  readonly url: string;
  readonly adminUrl?: string;
  readonly pid: number;
}

interface LogPaths {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts a program that outlives us (its own process group, output into files) and waits until it prints
 * `{"event":"listening","url":…,"pid":…}`.
 */
export async function launchProgram(options: LaunchOptions): Promise<LaunchedProgram> {
  const logs = await createLogs(options);
  const child = await start(options, logs);
  const launcher = identifyProcess(child.pid!);
  let exit: string | undefined;
  child.once('exit', (code, signal) => (exit = signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`));

  const deadline = options.clock.now() + options.timeoutMs;
  for (;;) {
    const line = exit === undefined ? await findListeningLine(logs.stdout) : undefined;
    const program = line === undefined ? undefined : programOf(launcher, line.pid);
    if (line !== undefined && program !== undefined) return { program, ...urlsOf(line) };
    if (exit !== undefined) throw await exitedError(options, logs, exit);
    if (options.clock.now() >= deadline) {
      endGroup(child);
      throw await timeoutError(options, logs);
    }
    await options.clock.sleep(lookEveryMs);
  }
}

function programOf(launcher: ProcessIdentity | undefined, serverPid: number): RunningProgram | undefined {
  const server = identifyProcess(serverPid);
  return launcher === undefined || server === undefined ? undefined : { launcher, server };
}

function urlsOf({ url, adminUrl }: ListeningLine): { url: string; adminUrl?: string } {
  return adminUrl === undefined ? { url } : { url, adminUrl };
}

async function createLogs({ logDirectory, logName }: LaunchOptions): Promise<LogPaths> {
  await mkdir(logDirectory, { recursive: true });
  return { stdout: join(logDirectory, `${logName}.out`), stderr: join(logDirectory, `${logName}.err`) };
}

async function start(options: LaunchOptions, logs: LogPaths): Promise<ChildProcess> {
  const [stdout, stderr] = await Promise.all([open(logs.stdout, 'w'), open(logs.stderr, 'w')]);
  try {
    const child = spawn(options.command, options.args, {
      detached: true,
      stdio: ['ignore', stdout.fd, stderr.fd],
      env: options.env,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return child;
  } catch (cause) {
    const message = `Cannot start ${options.title}: "${options.command}" cannot be run; check the command`;
    throw new TargetError(message, { code: 'TARGET_SPAWN_FAILED', details: { command: options.command }, cause });
  } finally {
    await Promise.all([stdout.close(), stderr.close()]);
  }
}

async function findListeningLine(path: string): Promise<ListeningLine | undefined> {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  return lines.map(parseLine).find((line) => line !== undefined);
}

function parseLine(line: string): ListeningLine | undefined {
  try {
    const value = JSON.parse(line) as Partial<ListeningLine> | null;
    return value?.event === 'listening' && typeof value.pid === 'number' && typeof value.url === 'string'
      ? (value as ListeningLine)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The group is ours as long as its leader, our own child, has not been waited for. */
function endGroup(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
}

async function exitedError(options: LaunchOptions, logs: LogPaths, exit: string): Promise<TargetError> {
  const stderr = await tailOf(logs.stderr);
  const message = `Cannot start ${options.title}: it ended before it listened (${exit}): ${stderr}; the whole output is in "${logs.stderr}"`;
  return new TargetError(message, { code: options.exitedCode, details: { exit, stderr, log: logs.stderr } });
}

async function timeoutError(options: LaunchOptions, logs: LogPaths): Promise<TargetError> {
  const stderr = await tailOf(logs.stderr);
  const message = `Cannot start ${options.title}: it did not listen within ${options.timeoutMs} ms and was ended: ${stderr}; allow more time or read "${logs.stderr}"`;
  return new TargetError(message, { code: 'TARGET_START_TIMEOUT', details: { stderr, log: logs.stderr } });
}

async function tailOf(path: string): Promise<string> {
  return lastLinesOf(await readFile(path, 'utf8'));
}

/** The end of a program's output, on one line; of structured log lines the message alone. */
export function lastLinesOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? 'it wrote no message' : lines.slice(-lastLines).map(messageOf).join(' | ');
}

function messageOf(line: string): string {
  try {
    const { message } = JSON.parse(line) as { message?: unknown };
    return typeof message === 'string' ? message : line;
  } catch {
    return line;
  }
}
