import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from './process-identity.js';
import { callService, deploy, endProcess, roles, Scene, version } from './testing/scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

describe('a service that outlives its programs', () => {
  it('is found by the next target through service.json', async () => {
    const url = await deploy(scene.target(), '1');
    const next = scene.target();
    expect(await roles(next)).toEqual(['stable v1 1 alive']);
    expect(await deploy(next, '2')).toBe(url);
    expect(await callService(url)).toMatchObject({ prediction: 2 });
  });

  it('goes back to the previous version, and does not keep the one it leaves', async () => {
    const url = await deploy(scene.target(), '1');
    const target = scene.target();
    await deploy(target, '2');
    expect(await target.rollBackToPrevious()).toEqual({ from: version('2'), to: version('1') });
    expect(await callService(url)).toMatchObject({ prediction: 1 });
    expect(await roles(target)).toEqual(['stable v1 1 alive']);
    await expect(target.rollBackToPrevious()).rejects.toMatchObject({ code: 'TARGET_NO_PREVIOUS' });
    expect(await callService(url)).toMatchObject({ prediction: 1 });
  });

  it('goes back even when the previous server has died meanwhile', async () => {
    const target = scene.target();
    const url = await deploy(target, '1');
    endProcess((await target.describeService()).arms[0]!.pid);
    await deploy(target, '2');
    await target.rollBackToPrevious();
    expect(await callService(url)).toMatchObject({ prediction: 1 });
  });

  it('is restored on its old port after everything died, and a restored service needs no restoring', async () => {
    const target = scene.target();
    const url = await deploy(target, '1');
    await deploy(target, '2');
    const { router, arms } = await target.describeService();
    for (const { pid } of [router!, ...arms]) endProcess(pid);
    await expect.poll(async () => (await target.describeService()).problems).toHaveLength(3);
    await target.restoreService();
    expect(await callService(url)).toMatchObject({ prediction: 2 });
    expect(await roles(target)).toEqual(['previous v1 0 alive', 'stable v2 1 alive']);
    const before = await scene.service();
    await target.restoreService();
    expect(await scene.service()).toEqual(before);
  });

  it('loses the candidate of a rollout that crashed when the next one starts', async () => {
    const crashed = scene.target();
    const url = await deploy(crashed, '1');
    const { pid } = await crashed.startCandidate(version('2'));
    await crashed.setCandidateShare(0.5);
    // The lock of a process that is dead: this number was never given out at that time.
    await writeFile(scene.path('service.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
    const next = scene.target();
    await next.startCandidate(version('3'));
    expect(identifyProcess(pid!)).toBeUndefined();
    expect(await roles(next)).toEqual(['stable v1 1 alive', 'candidate v3 0 alive']);
    expect(await callService(url)).toMatchObject({ prediction: 1 });
  });

  it('believes the router where the file is behind: the program crashed between the two', async () => {
    const target = scene.target();
    const url = await deploy(target, '1');
    await target.startCandidate(version('2'));
    await target.setCandidateShare(1);
    const before = await readFile(scene.path('service.json'), 'utf8');
    await target.promoteCandidate();
    await writeFile(scene.path('service.json'), before);
    const next = scene.target();
    expect(await roles(next)).toEqual(['previous v1 0 alive', 'stable v2 1 alive']);
    await next.rollBackToPrevious();
    expect(await callService(url)).toMatchObject({ prediction: 1 });
  });

  it('is gone after it was shut down, and shutting down again is no error', async () => {
    const target = scene.target();
    await deploy(target, '1');
    const { router, arms } = await target.describeService();
    await target.shutDown();
    expect([router!, ...arms].map(({ pid }) => identifyProcess(pid))).toEqual([undefined, undefined]);
    expect(await target.describeService()).toEqual({
      environment: 'test',
      modelName: 'bit-life',
      arms: [],
      problems: [],
    });
    await target.shutDown();
  });
});
