import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultyClient } from '../../testing/faulty-client.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import { openMlflow } from '../open-mlflow.js';
import { openRunLog } from './open-run-log.js';
import { syncSpool } from './sync-spool.js';

let folder: string;
let spool: string;
let store: MlflowClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-sync-'));
  spool = join(folder, 'spool');
  store = openStore('mlruns');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function openStore(name: string): MlflowClient {
  return openMlflow({ trackingUri: `file:${folder}/${name}`, fsync: false });
}

/** A run that ends without the store having heard of it; its folder. */
async function spoolRun(runName: string, tags: Readonly<Record<string, string>> = {}, client = store): Promise<string> {
  const known = new Set(readdirSync(folder).includes('spool') ? readdirSync(spool) : []);
  const log = await openRunLog(
    faultyClient(client, () => 'before'),
    { type: 'beginRun', experimentName: 'wells', runName, startTime: 5, tags },
    { folder: spool, patienceMs: 0, firstRetryMs: 1, longestRetryMs: 1 },
  );
  log.append({ type: 'logBatch', batch: { metrics: [{ key: 'loss', value: 1, timestamp: 1, step: 1 }] } });
  log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 9 } });
  await log.close();
  return readdirSync(spool).find((name) => !known.has(name)) ?? '';
}

async function runNames(client: MlflowClient): Promise<string[]> {
  const experiment = await client.findExperimentByName('wells');
  const runs = await client.searchRuns({ experimentIds: [experiment?.experimentId ?? '0'] }).all();
  return runs.map(({ runName }) => runName).sort();
}

describe('syncSpool()', () => {
  it('brings every run to the store, tells of it, and empties the spool', async () => {
    await spoolRun('a');
    await spoolRun('b');
    const told: string[] = [];
    const report = await syncSpool(store, { folder: spool, onProgress: ({ status }) => told.push(status) });
    expect(report).toMatchObject({ shipped: 6, rejected: 0, remaining: 0 });
    expect(report.runs.map(({ status, shipped }) => [status, shipped])).toEqual([['complete', 3], ['complete', 3]]); // prettier-ignore
    expect(told.filter((status) => status === 'complete')).toHaveLength(2);
    expect(await runNames(store)).toEqual(['a', 'b']);
    expect(readdirSync(spool)).toEqual([]);
    expect((await syncSpool(store, { folder: spool })).runs).toEqual([]);
  });

  it('gives nested runs the id that the store gave to the outer one, also when that one is gone from the spool', async () => {
    const outer = await spoolRun('outer');
    await spoolRun('inner', { 'mlflow.parentRunId': `offline-${outer}` });
    const later = await spoolRun('later', { 'mlflow.parentRunId': `offline-${outer}` });
    cpSync(join(spool, later), join(folder, 'later'), { recursive: true });
    rmSync(join(spool, later), { recursive: true });
    const [first] = (await syncSpool(store, { folder: spool })).runs;
    cpSync(join(folder, 'later'), join(spool, later), { recursive: true });
    await syncSpool(store, { folder: spool });
    const experimentIds = [(await store.findExperimentByName('wells'))?.experimentId ?? ''];
    const filter = `tags.\`mlflow.parentRunId\` = '${first?.runId ?? ''}'`;
    const nested = await store.searchRuns({ experimentIds, filter }).all();
    expect(nested.map(({ runName }) => runName).sort()).toEqual(['inner', 'later']);
  });

  it('brings a nested run after its outer one, although the clock was set back between the two', async () => {
    const outer = await spoolRun('outer');
    const inner = await spoolRun('inner', { 'mlflow.parentRunId': `offline-${outer}` });
    const state = join(spool, inner, 'state.json');
    const earlier = { ...(JSON.parse(readFileSync(state, 'utf8')) as object), createdTime: 1 };
    writeFileSync(state, JSON.stringify(earlier));
    const { runs } = await syncSpool(store, { folder: spool });
    expect(runs.map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(await runNames(store)).toEqual(['inner', 'outer']);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('leaves a run that a living process ships to that one', async () => {
    const log = await openRunLog(store, { type: 'beginRun', startTime: 1, tags: {} }, { folder: spool });
    expect((await syncSpool(store, { folder: spool })).runs).toMatchObject([{ status: 'live', shipped: 0 }]);
    await log.close();
  });

  it('leaves the runs of another store, and names that', async () => {
    await spoolRun('elsewhere', {}, openStore('other'));
    await spoolRun('here');
    const { runs } = await syncSpool(store, { folder: spool });
    expect(runs.map(({ status }) => status).sort()).toEqual(['complete', 'otherStore']);
    expect(runs.find(({ status }) => status === 'otherStore')?.trackingUri).toBe(
      pathToFileURL(join(folder, 'other')).href,
    );
    expect(await runNames(store)).toEqual(['here']);
    expect(readdirSync(spool)).toHaveLength(1);
  });

  it('counts what remains while the store is away, and asks it for the first run only', async () => {
    await spoolRun('a');
    await spoolRun('b');
    let calls = 0;
    const away = faultyClient(store, () => (calls++, 'before'));
    const report = await syncSpool(away, { folder: spool });
    expect(report).toMatchObject({ shipped: 0, remaining: 6, runs: [{ status: 'waiting' }, { status: 'waiting' }] });
    expect(report.runs[0]?.error).toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(calls).toBe(3);
  });

  it('names the file and line of a corrupt journal, deletes nothing of it, and goes on with the others', async () => {
    const bad = await spoolRun('bad');
    await spoolRun('good');
    const journal = join(spool, bad, 'journal.jsonl');
    const text = readFileSync(journal, 'utf8').replace('"loss"', '"lost"');
    writeFileSync(journal, text);
    const { runs } = await syncSpool(store, { folder: spool });
    const corrupt = runs.find(({ status }) => status === 'corrupt');
    expect(corrupt?.error).toMatchObject({ code: 'MLFLOW_CORRUPT_SPOOL', details: { file: journal, line: 2 } });
    expect(await runNames(store)).toEqual(['good']);
    expect(readFileSync(journal, 'utf8')).toBe(text);
  });

  it.each(['{"version":1', '[]', ''])('names a state that says %j', async (text) => {
    const bad = await spoolRun('bad');
    writeFileSync(join(spool, bad, 'state.json'), text);
    const { runs } = await syncSpool(store, { folder: spool });
    expect(runs).toMatchObject([
      { status: 'corrupt', error: { details: { file: join(spool, bad, 'state.json'), line: 1 } } },
    ]);
  });

  it('names a blob that is missing', async () => {
    const bad = await spoolRun('bad');
    const line = readFileSync(join(spool, bad, 'journal.jsonl'), 'utf8');
    expect(line).toContain('logBatch');
    const log = await openRunLog(
      faultyClient(store, () => 'before'),
      { type: 'beginRun', startTime: 1, tags: {} },
      { folder: spool, patienceMs: 0 },
    );
    log.append({ type: 'uploadArtifact', path: 'a', blob: log.putBlob('hello') });
    await log.close();
    const name = readdirSync(spool).find((each) => each !== bad) ?? '';
    rmSync(join(spool, name, 'blobs'), { recursive: true });
    const { runs } = await syncSpool(store, { folder: spool });
    expect(runs.find(({ status }) => status === 'corrupt')?.error).toMatchObject({
      code: 'MLFLOW_CORRUPT_SPOOL',
      details: { line: 2 },
    });
  });

  it('removes what is left of a process that ended while it made or removed a folder', async () => {
    const folderName = await spoolRun('a');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(spool, 'empty'));
    cpSync(join(spool, folderName), join(spool, `.removed-${folderName}`), { recursive: true });
    expect((await syncSpool(store, { folder: spool })).runs).toHaveLength(1);
    expect(readdirSync(spool)).toEqual([]);
    expect(await runNames(store)).toEqual(['a']);
  });
});

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const source = (path: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href);

/** Logs to a store that is away in another process, which kills itself. */
function logAndDie(last: string): number {
  const program = `
    import { openMlflow } from ${source('../open-mlflow.ts')};
    import { faultyClient } from ${source('../../testing/faulty-client.ts')};
    import { openRunLog } from ${source('open-run-log.ts')};
    const store = faultyClient(openMlflow({ trackingUri: ${JSON.stringify(`file:${folder}/mlruns`)} }), () => 'before');
    const log = await openRunLog(store, { type: 'beginRun', experimentName: 'wells', runName: 'killed', startTime: 1, tags: {} },
      { folder: ${JSON.stringify(spool)}, patienceMs: 0 });
    for (let step = 0; step < 1000; step++) {
      log.append({ type: 'logBatch', batch: { metrics: [{ key: 'loss', value: step, timestamp: step, step }] } });
    }
    ${last}
    process.kill(process.pid, 'SIGKILL');
  `;
  const { signal, stderr } = spawnSync(process.execPath, ['--import', tsx, '--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
  return readdirSync(spool).length;
}

describe('a process that is killed', () => {
  it('leaves everything it has appended, which is brought to the store once', async () => {
    expect(logAndDie('')).toBe(1);
    expect(await syncSpool(store, { folder: spool })).toMatchObject({ shipped: 1001, remaining: 0 });
    const experimentIds = [(await store.findExperimentByName('wells'))?.experimentId ?? ''];
    const [run] = await store.searchRuns({ experimentIds }).all();
    expect(await store.pageMetricHistory(run?.runId ?? '', 'loss').all()).toHaveLength(1000);
    expect(run?.status).toBe('RUNNING');
    expect(readdirSync(spool)).toEqual([]);
  });

  it('loses no more than the line it was in the middle of', async () => {
    logAndDie(`
      const { appendFileSync, readdirSync } = await import('node:fs');
      const [name] = readdirSync(${JSON.stringify(spool)});
      appendFileSync(${JSON.stringify(spool)} + '/' + name + '/journal.jsonl', '{"seq":1002,"crc":"0000');
    `);
    expect(await syncSpool(store, { folder: spool })).toMatchObject({ shipped: 1001, remaining: 0 });
    expect(readdirSync(spool)).toEqual([]);
  });
});
