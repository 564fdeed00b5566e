import { openMlflow } from '../src/index.js';
import { makeRuns, searches, searchOnce, timed, type Timing } from './store-runs.js';

// A process of its own per measurement: `create <uri> <from> <to> <fsync>`, or `search <uri> <times>`. One line of JSON comes out.
const [action, trackingUri = '', ...numbers] = process.argv.slice(2);
const [first = 0, second = 0, third = 0] = numbers.map(Number);
const client = openMlflow({ trackingUri, fsync: third === 1 });
const experimentId = await client.ensureExperiment('bench');
const longMs = 20_000; // after so long, two timings must do

async function create(): Promise<unknown> {
  return (await timed(() => makeRuns(client, experimentId, first, second))).timing;
}

async function search(): Promise<unknown> {
  const found: Record<string, unknown> = {};
  for (const each of searches) {
    const start = performance.now();
    const timings: Timing[] = [];
    let names: readonly string[] = [];
    while (timings.length < first && (timings.length < 2 || performance.now() - start < longMs)) {
      const { timing, result } = await timed(() => searchOnce(client, experimentId, each));
      timings.push(timing);
      names = result;
    }
    found[each.name] = { timings, names };
  }
  return found;
}

console.log(JSON.stringify(await (action === 'create' ? create() : search())));
