import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMlflow } from '../src/open-mlflow.js';
import { decodeOperation } from '../src/spool/journal-line.js';
import { readJournal } from '../src/spool/journal-reader.js';
import type { RunOperation } from '../src/spool/operation.js';
import { listSpools } from '../src/spool/spool-folder.js';
import { errorTag } from '../src/runs/error-text.js';

// Nothing listens at port 1.
const unreachable = 'http://127.0.0.1:1';

let library: string;
let folder: string;
beforeAll(async () => {
  library = mkdtempSync(join(tmpdir(), 'exit-hooks-library-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir: library,
      rolldownOptions: {
        input: [
          join(import.meta.dirname, '../src/runs/with-run.ts'),
          join(import.meta.dirname, '../src/open-mlflow.ts'),
        ],
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
});
afterAll(() => {
  rmSync(library, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exit-hooks-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
}

function address(module: string): string {
  return JSON.stringify(pathToFileURL(join(library, `${module}.mjs`)).href);
}

/** Runs a program that has `client` and `options`, and sends it a signal once it prints `ready`. */
async function runProgram(code: string, trackingUri = unreachable, signal?: NodeJS.Signals): Promise<Ended> {
  const program = `
    const { openMlflow } = await import(${address('open-mlflow')});
    const { startRun, withRun } = await import(${address('with-run')});
    const client = openMlflow({ trackingUri: ${JSON.stringify(trackingUri)}, env: {}, maxAttempts: 1 });
    const options = { spoolFolder: ${JSON.stringify(join(folder, 'spool'))}, environmentTags: false };
    const log = (run) => { for (let i = 0; i < 1500; i++) run.logMetric('loss', i); };
    const ready = () => { console.log('ready'); setInterval(() => {}, 1000); };
    ${code}
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += String(chunk);
    if (signal !== undefined && stdout.includes('ready')) child.kill(signal);
  });
  child.stderr.resume();
  const [exitCode, killedBy] = (await once(child, 'close')) as [number | null, string | null];
  return { exitCode, signal: killedBy, stdout };
}

interface Kept {
  readonly points: number;
  /** The statuses that were set, in order. */
  readonly statuses: readonly unknown[];
  readonly reason: string | undefined;
}

/** What the journal of the only run has. */
async function readKept(): Promise<Kept> {
  const [paths] = await listSpools(join(folder, 'spool'));
  const operations: RunOperation[] = [];
  for await (const { text } of readJournal(paths!.journal, { seq: 0, offset: 0 }))
    operations.push(decodeOperation(text));
  const batches = operations.flatMap((each) => (each.type === 'logBatch' ? [each.batch] : []));
  return {
    points: batches.reduce((sum, { metrics = [] }) => sum + metrics.length, 0),
    statuses: operations.flatMap((each) => (each.type === 'updateRun' ? [each.update.status] : [])),
    reason: batches.map(({ tags = {} }) => tags[errorTag]).find((text) => text !== undefined),
  };
}

describe('a program that ends with a run open, while the store is out of reach', () => {
  it('loses nothing by process.exit(0), and the run has finished', async () => {
    expect(await runProgram('log(await startRun(client, options)); process.exit(0);')).toMatchObject({ exitCode: 0 });
    expect(await readKept()).toEqual({ points: 1500, statuses: ['FINISHED'], reason: undefined });
  });

  it('loses nothing by process.exit(3), and the run has failed', async () => {
    expect(await runProgram('log(await startRun(client, options)); process.exit(3);')).toMatchObject({ exitCode: 3 });
    const reason = 'the program ended with exit code 3';
    expect(await readKept()).toEqual({ points: 1500, statuses: ['FAILED'], reason });
  });

  it('loses nothing by process.exit(0) within the work of withRun, which has failed', async () => {
    const ended = await runProgram('await withRun(client, options, (run) => { log(run); process.exit(0); });');
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(await readKept()).toMatchObject({ points: 1500, statuses: ['FAILED'] });
  });

  it('loses nothing by process.exit(0) while the run is being ended', async () => {
    const code = 'const run = await startRun(client, options); log(run); void run.end("KILLED"); process.exit(0);';
    expect(await runProgram(code)).toMatchObject({ exitCode: 0 });
    expect(await readKept()).toEqual({ points: 1500, statuses: ['KILLED'], reason: undefined });
  });

  it('loses nothing by an uncaught error, and keeps what it was', async () => {
    const code = 'log(await startRun(client, options)); setTimeout(() => { throw new TypeError("boom"); });';
    expect(await runProgram(code)).toMatchObject({ exitCode: 1 });
    expect(await readKept()).toEqual({ points: 1500, statuses: ['FAILED'], reason: 'TypeError: boom' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('loses nothing by %s, of which it dies as it would have', async (signal) => {
    const ended = await runProgram('log(await startRun(client, options)); ready();', unreachable, signal);
    expect(ended).toMatchObject({ exitCode: null, signal });
    const reason = `the program received ${signal}`;
    expect(await readKept()).toEqual({ points: 1500, statuses: ['KILLED'], reason });
  });

  it('dies of a signal also beside a listener that only watches', async () => {
    // What the package signal-exit does: it waits for every other listener to go.
    const watch =
      'process.__signal_exit_emitter__ = { count: 1 }; process.on("SIGTERM", function own() { if (process.listenerCount("SIGTERM") === 1) { process.off("SIGTERM", own); process.kill(process.pid, "SIGTERM"); } });';
    const ended = await runProgram(`log(await startRun(client, options)); ${watch} ready();`, unreachable, 'SIGTERM');
    expect(ended).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
    expect(await readKept()).toMatchObject({ points: 1500, statuses: ['KILLED'] });
  });

  it('decides by itself what a signal means when it listens to it', async () => {
    const code = 'log(await startRun(client, options)); process.on("SIGTERM", () => process.exit(7)); ready();';
    expect(await runProgram(code, unreachable, 'SIGTERM')).toMatchObject({ exitCode: 7, signal: null });
    const reason = 'the program ended with exit code 7';
    expect(await readKept()).toEqual({ points: 1500, statuses: ['FAILED'], reason });
  });

  it('loses nothing by SIGKILL after flush()', async () => {
    const code = 'const run = await startRun(client, options); log(run); await run.flush(); ready();';
    expect(await runProgram(code, unreachable, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    expect(await readKept()).toEqual({ points: 1500, statuses: [], reason: undefined });
  });

  it('keeps what fifty runs have, without a warning of too many listeners', async () => {
    const code =
      'process.on("warning", ({ name }) => console.log(name)); await Promise.all(Array.from({ length: 50 }, () => startRun(client, options))); process.exit(0);';
    expect((await runProgram(code)).stdout).toBe('');
    const spools = await listSpools(join(folder, 'spool'));
    expect(spools).toHaveLength(50);
  });
});

describe('a program that ends with a run open, while the store can be used', () => {
  const start = 'await startRun(client, { ...options, experimentName: "a" })';
  const scoped =
    'await withRun(client, { ...options, experimentName: "a" }, (run) => { log(run); return new Promise(() => {}); });';

  it.each<[string, string, string, NodeJS.Signals | undefined]>([
    ['FINISHED', 'when it has nothing more to do', `log(${start});`, undefined],
    ['FAILED', 'when the work of withRun can never end', scoped, undefined],
    ['KILLED', 'by SIGTERM', `log(${start}); ready();`, 'SIGTERM'],
  ])('ships everything, as %s, %s', async (status, _, code, signal) => {
    const trackingUri = `file:${folder}/mlruns`;
    await runProgram(code, trackingUri, signal);
    const store = openMlflow({ trackingUri });
    const experimentIds = [await store.ensureExperiment('a')];
    const [run] = await store.searchRuns({ experimentIds }).all();
    expect(run).toMatchObject({ status, metrics: { loss: 1499 } });
    expect(await store.getMetricHistory(run!.runId, 'loss')).toHaveLength(1500);
    if (signal === undefined) expect(readdirSync(join(folder, 'spool'))).toEqual([]);
  });
});
