import { readFileSync, rmSync } from 'node:fs';
import { openMlflow, startRun, type MlflowClient } from '../src/index.js';
import { nodeTransport } from '../src/rest/transport/node-transport.js';
import { keys, pointsOf, pointsPerCall, type LogCost, type LogMode } from './log-points.js';

// A process of its own per measurement: `<uri> <experiment id> <points> <mode> <spool folder>`. One line of JSON comes out: run id and cost.
const [trackingUri = '', experimentId = '', points = '', mode = 'batches', spoolFolder = ''] = process.argv.slice(2);
const steps = Number(points) / keys.length;
const stepsPerCall = pointsPerCall / keys.length;

let requests = 0;
const send = nodeTransport({ origin: new URL(trackingUri).origin, tls: {} });
const client = openMlflow({
  trackingUri,
  env: {},
  transport: (request) => {
    requests += 1;
    return send(request);
  },
});

async function logBatches(runId: string, lanes: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < steps) {
      const first = next;
      next += stepsPerCall;
      await client.logBatch(runId, { metrics: pointsOf(first, stepsPerCall) });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function logByActiveRun(store: MlflowClient): Promise<string> {
  const run = await startRun(store, { experimentId, spoolFolder, environmentTags: false });
  for (let step = 0; step < steps; step++) {
    const stepPoints = pointsOf(step, 1);
    const values = Object.fromEntries(stepPoints.map(({ key, value }) => [key, value]));
    run.logMetrics(values, { step, timestamp: stepPoints[0]?.timestamp ?? 0 });
    // A training step would let the event loop turn; so that shipping goes on meanwhile, this one does.
    if (step % stepsPerCall === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await run.end();
  rmSync(spoolFolder, { recursive: true, force: true });
  return run.runId;
}

async function log(): Promise<string> {
  if ((mode as LogMode) === 'active run') return logByActiveRun(client);
  const { runId } = await client.createRun({ experimentId });
  await logBatches(runId, (mode as LogMode) === 'four at once' ? 4 : 1);
  await client.updateRun(runId, { status: 'FINISHED' });
  return runId;
}

// Not process.resourceUsage(): its peak begins with that of the program that started this one.
function memory(line: 'VmRSS' | 'VmHWM'): number {
  const text = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(text) * 1024;
}

await client.serverVersion(); // opens the connection, as Python's client does when it makes the experiment
requests = 0;
const before = memory('VmRSS');
const clock = performance.now();
const processor = process.cpuUsage();
const runId = await log();
const { user, system } = process.cpuUsage(processor);
const peakBytes = memory('VmHWM');
const cost: LogCost = {
  requests,
  seconds: (performance.now() - clock) / 1000,
  processorSeconds: (user + system) / 1e6,
  peakBytes,
  grownBytes: peakBytes - before,
};
console.log(JSON.stringify({ runId, cost }));
