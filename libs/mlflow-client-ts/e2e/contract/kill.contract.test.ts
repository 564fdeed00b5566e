import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildChild, type ChildProgram } from '../../testing/child-program.js';
import { failingDisk } from '../../testing/failing-disk.js';
import type { KillOrder } from '../../testing/kill-child.js';
import { killSteps } from '../../testing/kill-scenario.js';
import { deathsIn, KilledStore } from '../../testing/killed-store.js';

const every = 8; // so that it takes no more than a minute

describe('a process that kills itself with SIGKILL', () => {
  let store: KilledStore;
  let program: ChildProgram;
  beforeAll(async () => {
    program = await buildChild('kill-child');
    store = await KilledStore.prepare();
  });
  afterAll(() => {
    store.remove();
    program.remove();
  });

  async function runChild(order: KillOrder): Promise<string | null> {
    const child = spawn(process.execPath, [program.path, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = child.stdout.setEncoding('utf8').toArray() as Promise<string[]>;
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect((await output).join('')).toBe('');
    return signal;
  }

  it.each(killSteps.map((step, index) => [step.method, index, step] as const))(
    'in %s (%i) leaves all or nothing of it, and no lock that stops another process',
    async (_, index, step) => {
      const living = failingDisk();
      await store.change(step, living);
      const after = await store.description();
      for (const death of deathsIn(living).filter((__, at) => (at + index) % every === 0)) {
        store.reset();
        const { root, base } = store;
        expect(await runChild({ root, base, step: index, death })).toBe('SIGKILL');
        expect(await store.faults(step, after, false)).toEqual([]);
        await store.changeAgain(step);
      }
    },
  );
});
