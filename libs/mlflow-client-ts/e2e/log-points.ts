import { openMlflow, openRunLog } from '../src/index.js';

/*
 * A training run in a process of its own: logs points in small batches as fast as it can, then waits until the store has them.
 * Arguments: tracking URI, spool folder, number of points. Prints one line of JSON.
 */
const [trackingUri = '', folder = '', count = '0'] = process.argv.slice(2);
const store = openMlflow({ trackingUri, env: {}, timeoutMs: 20_000 });
const log = await openRunLog(
  store,
  { type: 'beginRun', experimentName: 'points', startTime: 1, tags: {} },
  { folder, patienceMs: 30_000, firstRetryMs: 100, longestRetryMs: 500 },
);

const start = performance.now();
let longestMs = 0;
for (let step = 0; step < Number(count); step++) {
  const before = performance.now();
  log.append({
    type: 'logBatch',
    batch: { metrics: [{ key: `loss_${step % 2}`, value: Math.sqrt(step), timestamp: step, step }] },
  });
  longestMs = Math.max(longestMs, performance.now() - before);
  // A breath, as between the batches of a training run: sending happens in the meantime.
  if (step % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}
await log.flush();
const loggedMs = performance.now() - start;
log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 2 } });
let drains = 1;
while (!(await log.drain())) drains += 1;
const { runId } = log;
await log.close();
console.log(JSON.stringify({ runId, loggedMs, longestMs, shippedMs: performance.now() - start, drains }));
