import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMlflow } from '../src/index.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const pointCount = 20_000;

interface Logged {
  readonly runId: string;
  readonly loggedMs: number;
  readonly longestMs: number;
}

let folder: string;
let server: RealServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mlflow-spool-'));
  await mkdir(join(folder, 'server'));
});
afterEach(async () => {
  await server?.stop();
  await rm(folder, { recursive: true });
});

/** Logs the points in another process, while the server is killed and started again several times. */
async function logThroughKills(start: (port?: number) => Promise<RealServer>): Promise<Logged> {
  server = await start();
  const { url } = server;
  const program = join(import.meta.dirname, 'log-points.ts');
  const args = [
    '--import',
    tsx,
    '--conditions',
    '@i-drill/source',
    program,
    url,
    join(folder, 'spool'),
    String(pointCount),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  const exit = once(child, 'exit');
  for (const step of [1500, 7000, 13_000]) {
    expect(await stepReached(url, step)).toBeLessThan(pointCount - 1); // in the middle of what it is sent
    await server.stop();
    server = await start(Number(new URL(url).port));
  }
  const [exitCode] = (await exit) as [number | null];
  expect(exitCode).toBe(0);
  console.log(`log-points: ${output}`);
  return JSON.parse(output) as Logged;
}

/** Waits until the server has the point of a step; the last step it has then. */
async function stepReached(url: string, step: number): Promise<number> {
  const client = openMlflow({ trackingUri: url, env: {} });
  for (;;) {
    const experiment = await client.findExperimentByName('points');
    const [run] = await client.searchRuns({ experimentIds: [experiment?.experimentId ?? '0'] }).all();
    const last = (run?.metrics['loss_0'] ?? 0) ** 2;
    if (last >= step) return last;
    await sleep(20);
  }
}

/** Every point that the store keeps, repetitions included. */
async function keptPoints(runId: string): Promise<string[]> {
  const client = openMlflow({ trackingUri: server?.url ?? '', env: {} });
  expect((await client.getRun(runId)).status).toBe('FINISHED');
  const kept: string[] = [];
  for (const key of ['loss_0', 'loss_1']) {
    for await (const { value, timestamp, step } of client.pageMetricHistory(runId, key)) {
      kept.push(`${key} ${value} ${timestamp} ${step}`);
    }
  }
  return kept.sort();
}

const logged = Array.from(
  { length: pointCount },
  (_, step) => `loss_${step % 2} ${Math.sqrt(step)} ${step} ${step}`,
).sort();

describeWithMlflow('a run whose server is killed again and again', () => {
  it('is on the server with every point, once, over SQLite', async () => {
    const { runId } = await logThroughKills((port) =>
      startRealServer({ folder: join(folder, 'server'), ...(port !== undefined && { port }) }),
    );
    expect(await keptPoints(runId)).toEqual(logged);
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  }, 600_000);

  it('is on the server with every point, once, over a file store, which keeps repetitions', async () => {
    const fileStore = join(folder, 'mlruns');
    await mkdir(fileStore);
    const { runId } = await logThroughKills((port) =>
      startRealServer({ fileStore, ...(port !== undefined && { port }) }),
    );
    expect(await keptPoints(runId)).toEqual(logged);
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  }, 600_000);
});
