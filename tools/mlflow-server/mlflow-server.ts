import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const startLimitMs = 120_000;
const stopLimitMs = 10_000;

// Runs a command in this process group; the group ends with the command, and when stdin closes because whoever started it is gone.
const guard = '( "$@" </dev/null; kill -KILL 0 ) & cat >/dev/null; kill -KILL 0';

/** Which of the two pinned MLflow releases. */
export type MlflowMajor = 2 | 3;

/** What a server for tests keeps its data in. */
export interface MlflowServerOptions {
  /** 3 for the newest release, 2 for the oldest supported one. @default 3 */
  readonly major?: MlflowMajor;
  /** An existing file store to serve. @default an SQLite database in a temporary folder, with served artifacts */
  readonly fileStore?: string;
  /** Where the database and the artifacts are, and stay when it stops. @default a temporary folder, which goes with it */
  readonly folder?: string;
  /** @default any free one */
  readonly port?: number;
  /** Asks callers who they are (the app basic-auth); this is the password of the user `admin`. @default nobody is asked */
  readonly adminPassword?: string;
  /** Further environment of the server. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running MLflow server. */
export interface MlflowServer {
  readonly url: string;
  /** What it printed so far. */
  log(): string;
  /** Ends it with all its workers, by SIGKILL, and removes its temporary folder. */
  stop(): Promise<void>;
}

const venvs = { 3: ['MLFLOW_VENV', 'mlflow'], 2: ['MLFLOW_2_VENV', 'mlflow-2'] } as const;

/** The Python with MLflow that `ensure-venv.sh` makes; `undefined` when it has not been made. */
export function findMlflowPython(major: MlflowMajor = 3): string | undefined {
  const [variable, folder] = venvs[major];
  const venv = process.env[variable] ?? join(import.meta.dirname, '../../.venv', folder);
  const python = join(venv, 'bin/python');
  return existsSync(python) ? python : undefined;
}

/** Starts a real MLflow server on a free port and waits until it is healthy. */
export async function startMlflowServer(options: MlflowServerOptions = {}): Promise<MlflowServer> {
  const { major = 3 } = options;
  const python = findMlflowPython(major);
  if (python === undefined) {
    throw new Error(
      `Cannot start MLflow: there is no .venv/${venvs[major][1]}; run tools/mlflow-server/ensure-venv.sh ${major}`,
    );
  }
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'mlflow-server-')));
  const port = options.port ?? (await freePort());
  const child = launch(python, port, folder, options);
  const log = collectOutput(child);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await stopGroup(child);
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitForHealth(url, child);
  } catch (error) {
    await stop();
    throw new Error(`Cannot start MLflow: ${(error as Error).message}; it printed:\n${log().slice(-3000)}`);
  }
  return { url, log, stop };
}

// eslint-disable-next-line max-params -- what a command line is made of
function launch(python: string, port: number, folder: string, options: MlflowServerOptions): ChildProcess {
  const { fileStore, adminPassword, env } = options;
  const store =
    fileStore === undefined
      ? ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`, '--serve-artifacts']
      : ['--backend-store-uri', `file://${fileStore}`, '--no-serve-artifacts'];
  const artifacts = fileStore === undefined ? ['--artifacts-destination', join(folder, 'artifacts')] : [];
  const network = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const app = adminPassword === undefined ? [] : ['--app-name', 'basic-auth'];
  const command = [python, '-m', 'mlflow', 'server', ...network, ...store, ...artifacts, ...app];
  return spawn('sh', ['-c', guard, 'sh', ...command], {
    cwd: folder,
    detached: true, // its own process group, so that the workers end with it
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      MLFLOW_ALLOW_FILE_STORE: 'true',
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', // seven more processes, for GenAI jobs
      MLFLOW_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: 'true',
      ...(adminPassword !== undefined && {
        MLFLOW_AUTH_ADMIN_PASSWORD: adminPassword,
        MLFLOW_FLASK_SERVER_SECRET_KEY: randomUUID(),
      }),
      ...env,
    },
  });
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
  return () => chunks.join('');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitForHealth(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startLimitMs;
  while (performance.now() < deadline) {
    if (hasEnded(child)) throw new Error('it ended at once');
    if (await isHealthy(url)) return;
    await sleep(200);
  }
  throw new Error(`it did not answer ${url}/health within ${startLimitMs / 1000} s`);
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false; // it does not listen yet
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stopGroup(child: ChildProcess): Promise<void> {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL'); // its data is thrown away
  } catch {
    // the group has ended
  }
  const deadline = performance.now() + stopLimitMs;
  while (!hasEnded(child) && performance.now() < deadline) await sleep(20);
}
