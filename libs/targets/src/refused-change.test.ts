import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deploy, endProcess, roles, Scene, takePort, version } from './testing/scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

describe('what is refused', () => {
  it('a second rollout at the same time, and it does not touch the candidate of the first', async () => {
    const first = scene.target();
    await deploy(first, '1');
    await first.startCandidate(version('2'));
    await first.setCandidateShare(0.5);
    const second = scene.target();
    await expect(second.startCandidate(version('3'))).rejects.toMatchObject({
      code: 'TARGET_BUSY',
      details: { pid: process.pid },
    });
    await second.setCandidateShare(0);
    await second.removeCandidate();
    await expect(second.rollBackToPrevious()).rejects.toMatchObject({ code: 'TARGET_BUSY' });
    expect(await roles(first)).toEqual(['stable v1 0.5 alive', 'candidate v2 0.5 alive']);
  });

  it('another model in the same service', async () => {
    await deploy(scene.target(), '1');
    const other = scene.target({ modelName: 'rop' });
    await expect(other.startCandidate({ name: 'rop', version: '1' })).rejects.toMatchObject({
      code: 'TARGET_WRONG_MODEL',
    });
    expect(await roles(other)).toEqual(['stable v1 1 alive']);
  });

  it('a share without a candidate, part of it without a stable arm, and promoting nobody', async () => {
    const target = scene.target();
    await expect(target.setCandidateShare(0.5)).rejects.toMatchObject({ code: 'TARGET_NO_CANDIDATE' });
    await expect(target.promoteCandidate()).rejects.toMatchObject({ code: 'TARGET_NO_CANDIDATE' });
    await target.startCandidate(version('1'));
    await expect(target.setCandidateShare(0.5)).rejects.toMatchObject({ code: 'TARGET_NO_STABLE' });
  });

  it('a public port that another program holds', async () => {
    const { port, free } = await takePort();
    await expect(scene.target({ publicPort: port }).startCandidate(version('1'))).rejects.toMatchObject({
      code: 'TARGET_ROUTER_EXITED',
      details: { stderr: `Cannot listen on port ${port}: EADDRINUSE` },
    });
    await free();
    expect(await deploy(scene.target({ publicPort: port }), '1')).toBe(`http://127.0.0.1:${port}`);
  });

  it('a router that does not say where its admin API is', async () => {
    const target = scene.target({ env: { ...process.env, ROUTER_NAMELESS: '1' } });
    await expect(target.startCandidate(version('1'))).rejects.toMatchObject({ code: 'TARGET_ROUTER_EXITED' });
  });

  it('a file that is no service description', async () => {
    await deploy(scene.target(), '1');
    const whole = await readFile(scene.path('service.json'), 'utf8');
    for (const text of ['{', '{"formatVersion":2,"arms":[]}', 'null']) {
      await writeFile(scene.path('service.json'), text);
      await expect(scene.target().describeService()).rejects.toMatchObject({ code: 'TARGET_STATE_UNREADABLE' });
    }
    await writeFile(scene.path('service.json'), whole);
  });

  it('statistics of a router that is dead, or was never started', async () => {
    const target = scene.target();
    await expect(target.readStats()).rejects.toMatchObject({ code: 'TARGET_ROUTER_UNREACHABLE' });
    await deploy(target, '1');
    endProcess((await target.describeService()).router!.pid);
    await expect.poll(async () => (await target.describeService()).problems).toHaveLength(1);
    await expect(target.readStats()).rejects.toMatchObject({ code: 'TARGET_ROUTER_UNREACHABLE' });
  });

  it('promotion, when the router does not take the new arms: stable stays what it was', async () => {
    const target = scene.target();
    await deploy(target, '1');
    await target.startCandidate(version('2'));
    await target.setCandidateShare(0.5);
    endProcess((await target.describeService()).router!.pid);
    await expect.poll(async () => (await target.describeService()).router?.reachable).toBe(false);
    await expect(target.promoteCandidate()).rejects.toMatchObject({ code: 'TARGET_ROUTER_UNREACHABLE' });
    expect(await roles(target)).toEqual(['stable v1 0.5 alive', 'candidate v2 0.5 alive']);
    await target.removeCandidate();
    expect(await roles(target)).toEqual(['stable v1 1 alive']);
  });

  it('an environment that is no plain name', () => {
    expect(() => scene.target({ environment: '../x' })).toThrow(RangeError);
  });
});
