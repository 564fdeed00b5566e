import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMlflow } from '../src/index.js';
import { buildChild } from '../testing/child-program.js';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the launcher belongs to the workspace, no package has it
import { findMlflowPython, startMlflowServer } from '../../../tools/mlflow-server/mlflow-server.js';
import { startInstantServer } from './log-instant-server.js';
import { keys, type LogCost, type LogMode } from './log-points.js';

// Points of metrics logged by this client and by Python's, in turn in one run: to a server that answers at once, and to a real one over SQLite.
const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    points: { type: 'string' },
    rounds: { type: 'string' },
    instant: { type: 'boolean', default: false }, // no real server
    out: { type: 'string' },
  },
});
const points = Number(options.points ?? (options.short ? 5000 : 100_000));
const rounds = Number(options.rounds ?? (options.short ? 1 : 3));

/** What logging took on both sides. */
interface PairCost extends LogCost {
  /** Of the processors, in the server. */
  readonly serverSeconds: number;
}

interface Peer {
  readonly name: string;
  readonly command: readonly string[];
  readonly flags: readonly string[];
}

const modes: readonly LogMode[] = ['batches', 'four at once', 'active run'];
const baseline = 'Python log_batch';

const python = findMlflowPython(3) ?? 'python3';
const folder = mkdtempSync(join(tmpdir(), 'mlflow-bench-'));
const child = await buildChild('../bench/log-child');

const ours = modes.map((mode): Peer => {
  return {
    name: `mlflow-client-ts ${mode}`,
    command: [process.execPath, child.path],
    flags: [mode, join(folder, 'spool')],
  };
});
const theirs: Peer = { name: baseline, command: [python, join(import.meta.dirname, 'log_peer.py')], flags: [] };

async function measure({ name, command, flags }: Peer, url: string, isReal: boolean): Promise<PairCost> {
  const client = openMlflow({ trackingUri: url, env: {} });
  const experimentId = isReal ? await client.ensureExperiment('bench') : '1';
  const serverBefore = serverSeconds(url);
  const args = [...command, url, experimentId, String(points), ...flags];
  const { runId, cost } = JSON.parse(await outputOf(name, args)) as { runId: string; cost: LogCost };
  const serverCost = serverSeconds(url) - serverBefore;
  for (const key of isReal ? keys : []) {
    const history = await client.getMetricHistory(runId, key);
    if (history.length !== points / keys.length) throw new Error(`${name} lost points: ${key} has ${history.length}`);
  }
  return { ...cost, serverSeconds: serverCost };
}

/** Processor seconds of the server's processes so far; on Linux. */
function serverSeconds(url: string): number {
  const { port } = new URL(url);
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ticksOf(pid, port));
  return ticks.reduce((sum, each) => sum + each, 0) / 100;
}

function ticksOf(pid: string, port: string): number {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(port)) return 0;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0; // it has ended
  }
}

// Not spawnSync: what the server prints must be read meanwhile, or it would stop.
function outputOf(name: string, [program = '', ...args]: readonly string[]): Promise<string> {
  const peer = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
  });
  let output = '';
  peer.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    peer.once('error', reject);
    peer.once('close', (code) => {
      if (code === 0) resolve(output.trim().split('\n').at(-1) ?? '');
      else reject(new Error(`${name} ended with ${code}`));
    });
  });
}

function median(costs: readonly PairCost[]): PairCost {
  const middle = (of: (cost: PairCost) => number): number => {
    const sorted = costs.map(of).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  };
  return {
    requests: middle(({ requests }) => requests),
    seconds: middle(({ seconds }) => seconds),
    processorSeconds: middle(({ processorSeconds }) => processorSeconds),
    serverSeconds: middle((cost) => cost.serverSeconds),
    peakBytes: middle(({ peakBytes }) => peakBytes),
    grownBytes: middle(({ grownBytes }) => grownBytes),
  };
}

function toMarkdown(medians: Readonly<Record<string, PairCost>>): string {
  const base = medians[baseline];
  const header = [
    ...['client', 'requests', 'seconds', 'against Python', 'processor seconds', 'against Python'],
    ...['of the server', 'peak MB', 'grown MB'],
  ];
  const share = (own: number, other = NaN): string => `${((own / other) * 100).toFixed(0)} %`;
  const lines = Object.entries(medians).map(([name, cost]) => [
    name,
    String(cost.requests),
    cost.seconds.toFixed(2),
    share(cost.seconds, base?.seconds),
    cost.processorSeconds.toFixed(2),
    share(cost.processorSeconds, base?.processorSeconds),
    cost.serverSeconds.toFixed(1),
    (cost.peakBytes / 1e6).toFixed(0),
    (cost.grownBytes / 1e6).toFixed(0),
  ]);
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [header, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function compare(url: string, isReal: boolean): Promise<Readonly<Record<string, PairCost>>> {
  const costs: Record<string, PairCost[]> = {};
  for (let round = 0; round < rounds; round++) {
    const peers = [theirs, ...ours];
    for (const peer of round % 2 === 0 ? peers : peers.reverse()) {
      const cost = await measure(peer, url, isReal);
      (costs[peer.name] ??= []).push(cost);
      console.error(`round ${round + 1}: ${peer.name}: ${JSON.stringify(cost)}`);
    }
  }
  const medians = Object.fromEntries([theirs, ...ours].map(({ name }) => [name, median(costs[name] ?? [])]));
  console.log(
    `\n${points} points, ${isReal ? 'MLflow over SQLite' : 'a server that answers at once'}:\n\n${toMarkdown(medians)}`,
  );
  return medians;
}

async function compareOn(start: () => Promise<{ url: string; stop(): unknown }>, isReal: boolean): Promise<unknown> {
  const server = await start();
  try {
    return await compare(server.url, isReal);
  } finally {
    await server.stop();
  }
}

try {
  const instant = await compareOn(startInstantServer, false);
  const real = options.instant ? undefined : await compareOn(startMlflowServer, true);
  const report = { node: process.version, processors: cpus().length, points, rounds, instant, real };
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
} finally {
  child.remove();
  rmSync(folder, { recursive: true });
}
