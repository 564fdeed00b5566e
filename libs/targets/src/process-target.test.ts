import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess, isRunning } from './process-identity.js';
import { callService, deploy, program, roles, Scene, version } from './testing/scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

describe('a rollout on processes', () => {
  it('starts router and candidate, gives it traffic, and keeps the old version warm when it is promoted', async () => {
    const target = scene.target();
    const url = await deploy(target, '1');
    const handle = await target.startCandidate(version('2'));
    expect(await target.probe(handle, 5_000)).toMatchObject({ healthy: true });
    await target.setCandidateShare(0.25);
    expect(await roles(target)).toEqual(['stable v1 0.75 alive', 'candidate v2 0.25 alive']);
    expect(await callService(url)).toEqual({ status: 200, prediction: 1 });
    await target.setCandidateShare(1);
    await target.promoteCandidate();
    expect(await callService(url)).toEqual({ status: 200, prediction: 2 });
    expect(await roles(target)).toEqual(['previous v1 0 alive', 'stable v2 1 alive']);
    expect((await target.describeService()).problems).toEqual([]);
  });

  it('hands the model server what it needs to know', async () => {
    const log = scene.path('predictions');
    const env = { ...process.env, MLFLOW_TRACKING_URI: 'file:./another' };
    const target = scene.target({ predictionLogDirectory: log, env });
    const { url, pid } = await target.startCandidate(version('7'));
    const answer = (await (await fetch(`${url}/invocations`, { method: 'POST', body: '{}' })).json()) as {
      flags: string[];
      trackingUri: string;
      pid: number;
    };
    const names = ['--model-uri', 'models:/bit-life/7', '--environment', 'test'];
    const address = ['--arm', 'candidate', '--host', '127.0.0.1', '--port', '0', '--log-dir', log];
    expect(answer).toMatchObject({ flags: [...names, ...address], trackingUri: 'file:./mlruns', pid });
  });

  it('shows the password in a tracking URI to nobody else: not in arguments, files or log lines', async () => {
    const target = scene.target({ trackingUri: 'http://ada:s3cret@127.0.0.1:1', faults: { '2': 'dies' } });
    await deploy(target, '1');
    await expect(target.startCandidate(version('2'))).rejects.not.toHaveProperty(
      'message',
      expect.stringContaining('s3cret'),
    );
    const { arms } = await target.describeService();
    const shown = arms.map(({ pid }) => execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }));
    const files = await readdir(scene.path(), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      shown.push(await readFile(join(file.parentPath, file.name), 'utf8'));
    }
    expect(shown.join()).toContain('models:/bit-life/1');
    expect([...shown, JSON.stringify(scene.logger.lines)].filter((text) => text.includes('s3cret'))).toEqual([]);
  });

  it('measures what the arms do, from the last reset on', async () => {
    const target = scene.target({ faults: { '2': 'fails' } });
    const url = await deploy(target, '1');
    await target.startCandidate(version('2'));
    await target.setCandidateShare(0.9);
    await target.resetStats();
    await callService(url);
    expect(await target.readStats()).toEqual({
      candidate: { requests: 1, errors: 1, latencyP50Ms: 1, latencyP95Ms: 2, latencyP99Ms: 3 },
      stable: { requests: 0, errors: 0, latencyP50Ms: 1, latencyP95Ms: 2, latencyP99Ms: 3 },
    });
    await target.resetStats();
    expect((await target.readStats()).candidate).toMatchObject({ requests: 0 });
  });

  it('takes the candidate out again: traffic first, then the process', async () => {
    const target = scene.target();
    const url = await deploy(target, '1');
    const { pid } = await target.startCandidate(version('2'));
    await target.setCandidateShare(0.9);
    await target.setCandidateShare(0);
    expect(await callService(url)).toMatchObject({ prediction: 1 });
    await target.removeCandidate();
    expect(await roles(target)).toEqual(['stable v1 1 alive']);
    expect(identifyProcess(pid!)).toBeUndefined();
    await target.removeCandidate();
    await target.setCandidateShare(0);
    expect(await callService(url)).toMatchObject({ prediction: 1 });
  });

  it('stops the version before the previous one', async () => {
    const target = scene.target();
    await deploy(target, '1');
    const [first] = (await target.describeService()).arms;
    await deploy(target, '2');
    await deploy(target, '3');
    expect(await roles(target)).toEqual(['previous v2 0 alive', 'stable v3 1 alive']);
    expect(identifyProcess(first!.pid)).toBeUndefined();
  });

  it('kills a server that does not stop when asked', async () => {
    const target = scene.target({ faults: { '1': 'stubborn' }, stopGraceMs: 100 });
    const { pid } = await target.startCandidate(version('1'));
    await target.removeCandidate();
    expect(identifyProcess(pid!)).toBeUndefined();
    expect(scene.logger.lines.at(-1)).toMatchObject({ message: 'Model server stopped', fields: { how: 'killed' } });
  });

  it('speaks of the server itself, not of a program in between, and leaves neither behind', async () => {
    const args = [program('launcher'), program('server')];
    const target = scene.target({ serverCommand: { command: process.execPath, args } });
    const { pid } = await target.startCandidate(version('1'));
    const { server, launcher } = (await scene.service()).arms[0]!.program;
    expect([server.pid, launcher.pid === pid]).toEqual([pid, false]);
    await target.removeCandidate();
    expect([isRunning(server), isRunning(launcher)]).toEqual([false, false]);
  });
});

describe('smoke tests', () => {
  const body = { inputs: [[[1]]] };
  const predicts = {
    name: 'predicts',
    method: 'POST',
    path: '/invocations',
    body,
    expectStatus: 200,
    expectFinitePrediction: true,
  } as const;
  const isUp = { name: 'is up', method: 'GET', path: '/health', expectStatus: 200 } as const;

  it('pass on a server that answers as expected', async () => {
    const target = scene.target({ smokeTests: [isUp, predicts] });
    const handle = await target.startCandidate(version('1'));
    expect(await target.smokeTest(handle)).toEqual([
      { passed: true, reason: 'is up: answered 200' },
      { passed: true, reason: 'predicts: answered 200' },
    ]);
  });

  it.each([
    ['fails', 'predicts: answered 500, expected 200'],
    ['not-finite', 'predicts: a prediction is not a finite number'],
    ['no-interval', 'predicts: a prediction is not a finite number'],
    ['too-many', 'predicts: the answer holds 2 predictions for 1 windows'],
    ['no-prediction', 'predicts: the answer holds no predictions'],
    ['no-json', 'predicts: the answer holds no predictions'],
  ])('fail on a server that %s', async (fault, reason) => {
    const target = scene.target({ smokeTests: [predicts], faults: { '1': fault } });
    const handle = await target.startCandidate(version('1'));
    expect(await target.smokeTest(handle)).toEqual([
      { passed: false, reason: expect.stringContaining(reason) as string },
    ]);
  });

  it('fail on a server that hangs', async () => {
    const hangs = { ...predicts, path: '/hang' };
    const target = scene.target({ smokeTests: [hangs], smokeTestTimeoutMs: 50 });
    const handle = await target.startCandidate(version('1'));
    expect(await target.smokeTest(handle)).toEqual([{ passed: false, reason: 'predicts: no answer within 50 ms' }]);
  });
});
