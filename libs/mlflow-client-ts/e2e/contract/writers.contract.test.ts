import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../../src/index.js';
import { buildChild, type ChildProgram } from '../../testing/child-program.js';
import type { Acknowledged } from '../../testing/writer-child.js';

const writersAtOnce = 3;
const kills = 25;

interface Writer {
  readonly process: ChildProcess;
  readonly acknowledgements: Interface;
}

describe('three processes that write to one store, of which one is killed again and again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-writers-'));
  const acknowledged: Acknowledged[] = [];
  let client: MlflowClient;
  let program: ChildProgram;
  let runId: string;
  let experimentId: string;

  beforeAll(async () => {
    program = await buildChild('writer-child');
    client = openMlflow({ trackingUri: `file:${folder}` });
    experimentId = await client.createExperiment({ name: 'e' });
    ({ runId } = await client.createRun({ experimentId }));
    await client.createRegisteredModel({ name: 'm' });
    await writeAndKill();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    program.remove();
  });

  /** Each writer is killed at a random time after it has acknowledged something. */
  async function writeAndKill(): Promise<void> {
    const writers = Array.from({ length: writersAtOnce }, (_, writer) => startWriter(writer));
    for (let kill = 0; kill < kills; kill++) {
      const victim = kill % writersAtOnce;
      const writer = writers[victim];
      if (writer === undefined) continue;
      await once(writer.acknowledgements, 'line');
      await sleep(Math.random() * 50);
      await end(writer.process);
      writers[victim] = startWriter(writersAtOnce + kill);
    }
    await Promise.all(writers.map((writer) => end(writer.process)));
  }

  function startWriter(writer: number): Writer {
    const order = JSON.stringify({ root: folder, runId, experimentId, writer });
    const child = spawn(process.execPath, [program.path, order], { stdio: ['ignore', 'pipe', 'inherit'] });
    const acknowledgements = createInterface({ input: child.stdout }).on('line', (line) => {
      acknowledged.push(JSON.parse(line) as Acknowledged);
    });
    return { process: child, acknowledgements };
  }

  async function end(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  function acknowledgedOf<K extends Acknowledged['kind']>(kind: K): Extract<Acknowledged, { kind: K }>[] {
    return acknowledged.filter((each): each is Extract<Acknowledged, { kind: K }> => each.kind === kind);
  }

  it('lose no acknowledged point, tear none and double none', async () => {
    const steps = acknowledgedOf('points').flatMap((each) => each.steps);
    expect(steps.length).toBeGreaterThan(1000);
    await client.logMetric(runId, { key: 'm', value: 1, timestamp: 1, step: -1 }); // removes what the last kill has torn
    const lines = readFileSync(join(folder, experimentId, runId, 'metrics/m'), 'utf8')
      .split('\n')
      .slice(0, -1);
    expect(lines.filter((line) => !/^-?\d+ [\d.e+-]+ -?\d+$/.test(line))).toEqual([]);
    expect(new Set(lines).size).toBe(lines.length);
    const stored = new Map((await client.getMetricHistory(runId, 'm')).map(({ step, value }) => [step, value]));
    expect(steps.filter((step) => stored.get(step) !== step / 7)).toEqual([]);
  });

  it('lose no acknowledged param', async () => {
    const { params } = await client.getRun(runId);
    const keys = acknowledgedOf('param').map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => !key.startsWith(`p${params[key] ?? '?'}/`))).toEqual([]);
  });

  it('lose no acknowledged run, and every run is whole', async () => {
    const runs = await client.searchRuns({ experimentIds: [experimentId] }).all();
    const found = new Set(runs.map((run) => run.runId));
    expect(acknowledgedOf('run').filter((each) => !found.has(each.runId))).toEqual([]);
    const made = runs.filter((run) => run.runId !== runId);
    expect(made.filter(({ tags }) => tags['a'] !== '1' || tags['b'] !== '2')).toEqual([]);
  });

  it('give every version a number of its own, and lose none', async () => {
    const versions = await client.listModelVersions('m');
    const stored = new Map(versions.map(({ version, tags }) => [version, tags['writer']]));
    const numbers = acknowledgedOf('version');
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers.filter(({ version, writer }) => stored.get(version) !== writer)).toEqual([]);
    expect(versions.filter(({ tags }) => tags['writer'] === undefined)).toEqual([]);
  });

  it('leave no lock behind that stops the next', async () => {
    await client.setTag(runId, 'done', 'yes');
    await client.setRegisteredModelTag('m', 'done', 'yes');
    expect((await client.getRun(runId)).tags['done']).toBe('yes');
  });
});
