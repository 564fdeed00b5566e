/**
 * Time of one training step (forward, loss, backward, clipping, AdamW) of each network on each backend and, where
 * `tools/torch/ensure-venv.sh` has been run, of the same network in PyTorch on one thread. All start from the same weights
 * and learn from the same batch; they take turns, a few steps at a time, in processes of their own.
 *
 *   npx nx run @i-drill/training:bench
 *
 * `--short` for a quick look, `--cpu` to time the plain TypeScript backend too, `--only lstm` for one network,
 * `--write docs/benchmarks/training-speed.md` to put the table into that page.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { modelTypes, type ModelType } from '../src/sequence/architecture.js';
import { writeSpeedCase } from './speed-case-file.js';
import { batchShape } from './speed-cases.js';
import { disagreements, speedTable, type SpeedRow } from './speed-report.js';
import { startContestant, type Contestant, type StepTimes } from './step-contestant.js';
import { summary } from './step-summary.js';

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    cpu: { type: 'boolean', default: false },
    only: { type: 'string' },
    write: { type: 'string' },
  },
});
const seed = 1;
const rounds = flags.short ? 2 : 7;
// The first steps after a pause are slower, and training has no pauses: rounds are long.
const stepsPerRound = flags.short ? 2 : 20;
const root = join(import.meta.dirname, '../../..');
const python = join(process.env['TORCH_VENV'] ?? join(root, '.venv/torch'), 'bin/python');
const hasNative = existsSync(join(root, 'node_modules/@tensorflow/tfjs-node'));

function startAll(file: string): Promise<Contestant[]> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = ['--conditions=@i-drill/source', '--import', tsx, join(import.meta.dirname, 'step-child.ts')];
  const backends = [...(hasNative ? ['tfjs-node'] : []), 'wasm', ...(flags.cpu ? ['cpu'] : [])];
  const own = backends.map((backend) => startContestant(backend, process.execPath, [...child, backend, file]));
  const peer = join(import.meta.dirname, 'step_peer.py');
  return Promise.all([...own, ...(existsSync(python) ? [startContestant('PyTorch', python, [peer, file])] : [])]);
}

async function race(modelType: ModelType, folder: string): Promise<{ rows: SpeedRow[]; versions: string[] }> {
  const file = join(folder, `${modelType}.json`);
  writeSpeedCase(file, modelType, seed);
  const contestants = await startAll(file);
  const times = new Map<Contestant, StepTimes[]>(contestants.map((contestant) => [contestant, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [contestant, taken] of times) taken.push(await contestant.take(stepsPerRound));
  }
  for (const contestant of contestants) contestant.end();
  const rows = [...times].map(([{ name, parameters }, taken]) => {
    return { modelType, contestant: name, parameters, ...summary(taken) };
  });
  return { rows, versions: contestants.map(({ version }) => version) };
}

function writeInto(file: string, text: string): void {
  const [begin, end] = ['<!-- measured -->', '<!-- end -->'];
  const page = readFileSync(file, 'utf8');
  const [before, after] = [page.split(begin)[0]!, page.split(end)[1]!];
  writeFileSync(file, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}

if (!hasNative) console.log('tfjs-node is not timed: "npm run native" sets it up');
if (!existsSync(python)) console.log('PyTorch is not timed: tools/torch/ensure-venv.sh sets it up');
const folder = mkdtempSync(join(tmpdir(), 'training-speed-'));
const rows: SpeedRow[] = [];
const versions = new Set<string>([`Node ${process.version}`]);
for (const modelType of modelTypes.filter((type) => flags.only === undefined || flags.only === type)) {
  const result = await race(modelType, folder);
  rows.push(...result.rows);
  for (const version of result.versions) versions.add(version);
}
rmSync(folder, { recursive: true });

const { windows, steps, features } = batchShape;
const heading = `${[...versions].join(', ')}; batch ${windows} × ${steps} × ${features}; ${rounds - 1} rounds of ${stepsPerRound} steps after one to warm up; seed ${seed}`;
const text = `${heading}\n\n${speedTable(rows)}`;
console.log(`\n${text}`);
const problems = disagreements(rows);
for (const problem of problems) console.error(`The comparison is void: ${problem}`);
if (flags.write !== undefined && problems.length === 0) writeInto(flags.write, text);
process.exitCode = problems.length === 0 ? 0 : 1;
