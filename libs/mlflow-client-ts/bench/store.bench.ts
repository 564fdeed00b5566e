import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import type { Timing } from './store-runs.js';
import { buildChild } from '../testing/child-program.js';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the launcher belongs to the workspace, no package has it
import { findMlflowPython } from '../../../tools/mlflow-server/mlflow-server.js';

// Runs made and searched: this store, Python's file store and, for orientation, Python's store over SQLite, in turn in one run. Python's file store
// searches the folder that this store wrote, which is the same to both.
const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    runs: { type: 'string' },
    out: { type: 'string' },
  },
});
const runs = Number(options.runs ?? (options.short ? 200 : 10_000));
const sizes = [100, 1000, 10_000].filter((size) => size < runs).concat(runs);
const warmSearches = 5;

interface Store {
  readonly name: string;
  readonly command: readonly string[];
  readonly uri: string;
  /** @default uri */
  readonly searchUri?: string;
  readonly fsync: boolean;
  /** How many runs it makes, at most. */
  readonly mostMade: number;
  /** Among how many runs it searches, at most. */
  readonly mostSearched: number;
}

interface Found {
  readonly timings: readonly Timing[];
  readonly names: readonly string[];
}

type BySearch<T> = Readonly<Record<string, T>>;

interface Row {
  readonly store: string;
  readonly runs: number;
  /** Of one run. */
  readonly creating?: Timing;
  readonly cold?: BySearch<Timing>;
  readonly warm?: BySearch<Timing>;
}

const folder = mkdtempSync(join(tmpdir(), 'mlflow-bench-'));
const child = await buildChild('../bench/store-child');
const node = [process.execPath, child.path];
const python = findMlflowPython(3);
const peer = python === undefined ? undefined : [python, join(import.meta.dirname, 'store_peer.py')];
const few = Math.min(runs, 1000);
const ours = `file:${folder}/ours`;
const all = { fsync: false, mostMade: runs, mostSearched: runs };
const peerStores = (command: readonly string[]): Store[] => [
  { ...all, name: 'Python FileStore', command, uri: `file:${folder}/python`, searchUri: ours, mostMade: few },
  {
    ...all,
    name: 'Python SqlAlchemyStore',
    command,
    uri: `sqlite:///${folder}/a.db`,
    mostMade: few,
    mostSearched: few,
  },
];
const stores: Store[] = [
  { ...all, name: 'mlflow-client-ts', command: node, uri: ours },
  { name: 'mlflow-client-ts, fsync', command: node, uri: `${ours}-fsync`, fsync: true, mostMade: few, mostSearched: 0 },
  ...(peer === undefined ? [] : peerStores(peer)),
];
if (peer === undefined) console.error('Without the stores of Python: run tools/mlflow-server/ensure-venv.sh 3');

function run({ command }: Store, ...args: readonly (string | number)[]): unknown {
  const [program = '', ...rest] = command;
  const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
  const result = spawnSync(program, [...rest, ...args.map(String)], {
    cwd: folder, // MLflow may leave a database where it runs
    encoding: 'utf8',
    env,
    maxBuffer: 1e8,
  });
  const line = result.stdout.trim().split('\n').at(-1);
  if (result.status !== 0 || line === undefined)
    throw new Error(`${program} ${args.join(' ')} failed: ${result.stderr}`);
  return JSON.parse(line);
}

function measure(subject: Store, from: number, to: number): Row {
  const row = {
    store: subject.name,
    runs: to,
    ...(to <= subject.mostMade && { creating: measureCreating(subject, from, to) }),
    ...(to <= subject.mostSearched && measureSearching(subject, to)),
  };
  if ('creating' in row || 'cold' in row) console.error(JSON.stringify(row)); // for those who wait
  return row;
}

function measureCreating(subject: Store, from: number, to: number): Timing {
  const created = run(subject, 'create', subject.uri, from, to, Number(subject.fsync)) as Timing;
  return { ms: created.ms / (to - from), processorMs: created.processorMs / (to - from) };
}

function measureSearching(subject: Store, size: number): Pick<Row, 'cold' | 'warm'> {
  const uri = subject.searchUri ?? subject.uri;
  const cold = run(subject, 'search', uri, 1) as BySearch<Found>;
  const warm = run(subject, 'search', uri, 1 + warmSearches) as BySearch<Found>;
  compareWithFirst(size, cold);
  return {
    cold: mapValues(cold, ({ timings }) => median(timings)),
    warm: mapValues(warm, ({ timings }) => median(timings.slice(1))),
  };
}

const answers = new Map<number, unknown>();

/** A fast answer that is another one would be worth nothing. */
function compareWithFirst(size: number, found: Readonly<Record<string, Found>>): void {
  const names = mapValues(found, (each) => each.names);
  if (!answers.has(size)) answers.set(size, names);
  if (!isDeepStrictEqual(answers.get(size), names)) throw new Error(`The stores found different runs among ${size}`);
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function median(timings: readonly Timing[]): Timing {
  const middleOf = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
  return { ms: middleOf(timings.map(({ ms }) => ms)), processorMs: middleOf(timings.map((each) => each.processorMs)) };
}

/** Milliseconds on the clock, and of the processors in brackets. */
function toMarkdown(rows: readonly Row[]): string {
  const header = ['store', 'runs', 'creating one', 'by metric, cold', 'warm', 'by tag, cold', 'warm'];
  const cell = (timing: Timing | undefined, digits: number): string =>
    timing === undefined ? '' : `${timing.ms.toFixed(digits)} (${timing.processorMs.toFixed(digits)})`;
  const lines = rows.map(({ store: name, runs: size, creating, cold, warm }) => {
    const found = ['metric', 'tag'].flatMap((key) => [cell(cold?.[key], 0), cell(warm?.[key], 0)]);
    return [name, String(size), cell(creating, 1), ...found];
  });
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [header, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

try {
  const rows = sizes
    .flatMap((size, index) => stores.map((each) => measure(each, sizes[index - 1] ?? 0, size)))
    .filter(({ creating, cold }) => creating !== undefined || cold !== undefined);
  const report = { node: process.version, processors: cpus().length, rows };
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(JSON.stringify(report));
  console.log(toMarkdown(rows));
} finally {
  child.remove();
  rmSync(folder, { recursive: true });
}
