import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identifyProcess, isRunning } from './process-identity.js';
import { stopProgram } from './stop-program.js';
import { Scene } from './testing/scene.js';

describe('identifyProcess()', () => {
  it('knows a process again, and no later one that was given its number', () => {
    const self = identifyProcess(process.pid)!;
    expect(isRunning(self)).toBe(true);
    expect(isRunning({ ...self, startedAt: 'earlier' })).toBe(false);
  });

  it('knows that a process has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    await once(child, 'spawn');
    const identity = identifyProcess(child.pid!)!;
    expect(isRunning(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isRunning(identity)).toBe(false);
  });
});

describe('stopProgram()', () => {
  it('leaves a process alone that only has the number of the one it means', async () => {
    const scene = await Scene.open();
    const someoneElse = { pid: process.pid, startedAt: 'before the last boot' };
    const how = await stopProgram({ server: someoneElse, launcher: someoneElse }, { clock: scene.clock, graceMs: 10 });
    expect(how).toBe('gone');
    await scene.close();
  });
});
