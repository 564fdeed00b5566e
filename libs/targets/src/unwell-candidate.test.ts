import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callService, deploy, endProcess, roles, Scene, version } from './testing/scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

describe('a candidate that is not well', () => {
  it('that dies at the start is named with its last words, and the service is as it was', async () => {
    const target = scene.target({ faults: { '2': 'dies' } });
    const url = await deploy(target, '1');
    await expect(target.startCandidate(version('2'))).rejects.toMatchObject({
      code: 'TARGET_CANDIDATE_EXITED',
      details: { exit: 'exit code 3', stderr: 'first words | Cannot open the model: no such file' },
    });
    await target.removeCandidate();
    expect(await roles(target)).toEqual(['stable v1 1 alive']);
    expect(await callService(url)).toMatchObject({ prediction: 1 });
    await deploy(target, '3');
    expect(await callService(url)).toMatchObject({ prediction: 3 });
  });

  it('that never listens is ended', async () => {
    const target = scene.target({ faults: { '2': 'silent' }, startTimeoutMs: 600 });
    await deploy(scene.target(), '1');
    await expect(target.startCandidate(version('2'))).rejects.toMatchObject({ code: 'TARGET_START_TIMEOUT' });
    expect(await roles(target)).toEqual(['stable v1 1 alive']);
  });

  it('whose command does not exist is named', async () => {
    const target = scene.target({ serverCommand: { command: '/no/such/program', args: [] } });
    await expect(target.startCandidate(version('1'))).rejects.toMatchObject({
      code: 'TARGET_SPAWN_FAILED',
      details: { command: '/no/such/program' },
    });
  });

  it('is not healthy while /health says so, and not when another version answers', async () => {
    const target = scene.target({ faults: { '1': 'sick', '2': 'impostor' } });
    const sick = await target.startCandidate(version('1'));
    expect(await target.probe(sick, 5_000)).toEqual({ healthy: false, reason: `${sick.url}/health answered 503` });
    await target.removeCandidate();
    const impostor = await target.startCandidate(version('2'));
    expect((await target.probe(impostor, 5_000)).reason).toBe(`${impostor.url} serves version 99, expected 2`);
  });

  it('is known to be dead once it was killed, and its callers never notice', async () => {
    const target = scene.target();
    const url = await deploy(target, '1');
    const handle = await target.startCandidate(version('2'));
    await target.setCandidateShare(0.9);
    endProcess(handle.pid!);
    const answers = await Promise.all(Array.from({ length: 20 }, () => callService(url)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await expect.poll(() => target.probe(handle, 5_000)).toMatchObject({ healthy: false, exited: true });
    expect((await target.describeService()).problems).toEqual([
      `the candidate server (version 2, process ${handle.pid!}) is dead`,
    ]);
    await target.removeCandidate();
    expect(await roles(target)).toEqual(['stable v1 1 alive']);
  });

  it('says why a probe got no answer in time', async () => {
    const target = scene.target();
    const handle = await target.startCandidate(version('1'));
    const nowhere = { ...handle, id: 'other', url: `${handle.url}/hang` };
    expect(await target.probe(nowhere, 30)).toMatchObject({
      healthy: false,
      reason: expect.stringContaining('no answer within 30 ms') as string,
    });
  });
});
