import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const program = join(import.meta.dirname, 'support/train-under-signals.ts');

// The oneDNN in TensorFlow 2.21 lets a signal overwrite the heap; unguarded, this process aborts within a second.
it('training on tfjs-node survives signals at every moment', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['--conditions=@i-drill/source', '--import', tsx, program]);
  const ended = once(child, 'exit');
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  while (lines.length < 1 && child.exitCode === null) await turn();
  while (lines.length < 2 && child.exitCode === null && child.signalCode === null) {
    for (let burst = 0; burst < 100; burst++) child.kill('SIGUSR2');
    await turn();
  }
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
  expect(Number(/heard (\d+)/.exec(lines[1] ?? '')?.[1])).toBeGreaterThan(100);
});
